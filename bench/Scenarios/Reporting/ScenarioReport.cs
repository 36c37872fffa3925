namespace InferenceBroker.Scenarios.Reporting;

/// <summary>A run as it is stored.</summary>
internal sealed record ScenarioReport(IReadOnlyList<ScenarioRow> Scenarios);
