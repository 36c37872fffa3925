namespace InferenceBroker.Scenarios;

/// <summary>A promise as a measurement: workload, traces, baseline and goal.</summary>
internal interface IScenario
{
    /// <summary>Never changes.</summary>
    int Number { get; }

    string Name { get; }

    /// <param name="length">1: as reported. Less: so much shorter, for a quick look; the goals may not hold.</param>
    ScenarioResult Run(double length);
}
