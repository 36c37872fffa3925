namespace InferenceBroker.Providers.Simulated;

/// <summary>One kind of error.</summary>
/// <param name="Status">The HTTP status of an error answer.</param>
/// <param name="Code">The error's code where the status alone does not say it.</param>
/// <param name="RetryAfter">Sent as <c>Retry-After</c>.</param>
/// <param name="AfterChunks">How much of a stream comes before a cut or a hang.</param>
internal sealed record SimulatedFault(
    SimulatedOutcome Outcome,
    int Status = 200,
    string? Code = null,
    TimeSpan? RetryAfter = null,
    int AfterChunks = 0
)
{
    /// <summary>The fault of a word such as <c>500</c>, <c>quota</c> or <c>hang</c>; null where it is none.</summary>
    public static SimulatedFault? Parse(ReadOnlySpan<char> word) =>
        word switch
        {
            "hang" => new SimulatedFault(SimulatedOutcome.Hang),
            "reset" => new SimulatedFault(SimulatedOutcome.Reset),
            "malformed" => new SimulatedFault(SimulatedOutcome.Malformed),
            "cut" => new SimulatedFault(SimulatedOutcome.Cut, AfterChunks: 3),
            "unterminated" => new SimulatedFault(SimulatedOutcome.Unterminated, AfterChunks: 3),
            "quota" => new SimulatedFault(SimulatedOutcome.Error, 429, "insufficient_quota"),
            "context" => new SimulatedFault(SimulatedOutcome.Error, 400, "context_length_exceeded"),
            "filter" => new SimulatedFault(SimulatedOutcome.Error, 400, "content_filter"),
            _ => int.TryParse(word, out var status) && status is >= 400 and < 600
                ? new SimulatedFault(SimulatedOutcome.Error, status)
                : null,
        };

    /// <summary>The same fault with the number that followed its word: seconds to wait, or chunks to send before it.</summary>
    public SimulatedFault With(int number) =>
        Outcome == SimulatedOutcome.Error ? this with { RetryAfter = TimeSpan.FromSeconds(number) } : this with { AfterChunks = number };
}
