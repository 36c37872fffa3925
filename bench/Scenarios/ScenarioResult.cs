namespace InferenceBroker.Scenarios;

/// <summary>What came of a scenario.</summary>
internal sealed record ScenarioResult(string Baseline, string Value, string Goal, bool Met)
{
    /// <summary>More of what was measured, by name.</summary>
    public Dictionary<string, double> Figures { get; init; } = [];
}
