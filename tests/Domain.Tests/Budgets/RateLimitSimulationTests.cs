using InferenceBroker.Domain.Budgets;
using Xunit.Abstractions;

namespace InferenceBroker.Domain.Tests.Budgets;

public sealed class RateLimitSimulationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);

    [Theory]
    [InlineData(100_000, 0.92)] // A minute holds few answers, of which one may be a twenty-fifth of it: room has to be left.
    [InlineData(1_000_000, 0.97)]
    [InlineData(5_000_000, 0.97)]
    public void A_sliding_window_is_never_refused_and_uses_what_is_allowed(int tokensPerMinute, double share)
    {
        var simulation = new RateLimitSimulation(new BudgetSettings(500, 1), 100_000, tokensPerMinute);

        var used = simulation.Run(HalfAnHour);

        output.WriteLine($"{used:P2}, {simulation.Provider.Refused} refused, {simulation.Provider.MostInAMinute} in a minute");
        simulation.Provider.Refused.ShouldBe(0);
        used.ShouldBeGreaterThanOrEqualTo(share);
    }

    [Fact]
    public void Strict_reservations_are_never_refused_either()
    {
        var settings = new BudgetSettings(500, 1) { Sliding = new SlidingWindowSettings { Deviations = null } };
        var simulation = new RateLimitSimulation(settings, 100_000, 1_000_000);

        var used = simulation.Run(HalfAnHour);

        output.WriteLine($"{used:P2}");
        simulation.Provider.Refused.ShouldBe(0);
    }

    [Fact]
    public void Requests_per_minute_are_held_as_strictly()
    {
        var simulation = new RateLimitSimulation(new BudgetSettings(500, 1), 600, 100_000_000);

        simulation.Run(HalfAnHour);

        simulation.Provider.Refused.ShouldBe(0);
    }

    [Fact]
    public void Spread_over_the_minute_it_uses_nearly_as_much()
    {
        var simulation = new RateLimitSimulation(new BudgetSettings(500, 0.2), 100_000, 1_000_000);

        var used = simulation.Run(HalfAnHour);

        output.WriteLine($"{used:P2}");
        simulation.Provider.Refused.ShouldBe(0);
        used.ShouldBeGreaterThanOrEqualTo(0.96);
    }

    [Fact]
    public void A_bucket_is_refused_by_such_a_provider()
    {
        var settings = new BudgetSettings(500, 1) { RateWindow = RateWindow.Bucket };
        var simulation = new RateLimitSimulation(settings, 100_000, 1_000_000);

        simulation.Run(TimeSpan.FromMinutes(2));

        simulation.Provider.Refused.ShouldBeGreaterThan(0);
    }
}
