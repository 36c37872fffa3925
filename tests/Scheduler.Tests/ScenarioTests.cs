using InferenceBroker.Scenarios;
using InferenceBroker.Scenarios.Scenarios;

namespace InferenceBroker.Scheduler.Tests;

/// <summary>Promises that cost little to measure, shortened: so that a regression is seen at once.</summary>
public sealed class ScenarioTests
{
    [Fact]
    public void Weighted_shares_hold() => Measure(new WeightedShares(), length: 0.1);

    [Fact]
    public void A_dead_provider_is_left_alone_and_comes_back() => Measure(new DeadProvider(), length: 0.7);

    [Fact]
    public void A_migration_under_load_harms_no_job() => Measure(new Migration(), length: 0.3);

    [Fact]
    public void Strict_limits_are_never_exceeded_from_the_first_minute_on()
    {
        var result = new RateLimits().Run(length: 0.1);

        result.Figures["429s"].ShouldBe(0);
    }

    private static void Measure(IScenario scenario, double length)
    {
        var result = scenario.Run(length);

        result.Met.ShouldBeTrue($"{scenario.Name}: {result.Value}, goal {result.Goal}");
    }
}
