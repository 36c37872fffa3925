namespace InferenceBroker.Scenarios.Reporting;

/// <summary>A scenario in the report.</summary>
internal sealed record ScenarioRow(
    int Number,
    string Name,
    string Baseline,
    string Value,
    string Goal,
    bool Met,
    double Seconds,
    IReadOnlyDictionary<string, double> Figures
);
