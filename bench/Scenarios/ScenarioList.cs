using InferenceBroker.Scenarios.Scenarios;

namespace InferenceBroker.Scenarios;

/// <summary>All scenarios in the order of their numbers. Number 5, the semantic cache, comes with the cache.</summary>
internal static class ScenarioList
{
    public static IReadOnlyList<IScenario> All { get; } =
    [
        new Outages(),
        new Bursts(),
        new WeightedShares(),
        new Cost(),
        new RateLimits(),
        new Migration(),
        new NoisyTenant(),
        new DeadProvider(),
        new Deadlines(),
        new ScaleOnPaper(),
    ];
}
