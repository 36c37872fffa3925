namespace InferenceBroker.Providers.Simulated;

/// <summary>One call that was admitted or refused, with all that its answer needs.</summary>
/// <param name="Number">Counts the provider's calls from 1.</param>
/// <param name="Headers">The limits' headers.</param>
internal sealed record SimulatedCall(
    long Number,
    SimulatedRequest Request,
    SimulatedScript Script,
    SimulatedPlan Plan,
    SimulatedOptions Options,
    long Created,
    IReadOnlyList<KeyValuePair<string, string>> Headers
)
{
    public SimulatedTokens CreateTokens() => new(Request, Script.Echoes, Options.Seed);
}
