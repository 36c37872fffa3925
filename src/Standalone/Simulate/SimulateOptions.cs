namespace InferenceBroker.Standalone.Simulate;

/// <summary>What the command line says about a simulated provider.</summary>
internal sealed record SimulateOptions
{
    public required int Port { get; init; }

    /// <summary>The simulated provider's settings by their lower-case name, as in <c>broker.json</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
