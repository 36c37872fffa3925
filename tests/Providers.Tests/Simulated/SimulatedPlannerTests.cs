using InferenceBroker.Domain.Jobs;
using InferenceBroker.Providers.Simulated;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.Simulated;

public sealed class SimulatedPlannerTests
{
    private static readonly SimulatedRequest Request = new()
    {
        Operation = Operation.ChatCompletions,
        Model = "m",
        Prompt = [],
        PromptHash = 1234,
    };

    [Fact]
    public void Faults_come_at_their_rates_and_repeat_with_the_seed()
    {
        var options = SimulatedSettings.Parse([new("errorRate", "500=0.2,hang=0.05"), new("seed", "3")]);

        var first = Outcomes(options);

        Outcomes(options).ShouldBe(first);
        Outcomes(options with { Seed = 4 }).ShouldNotBe(first);
        first.Count(outcome => outcome == SimulatedOutcome.Error).ShouldBeInRange(1800, 2200);
        first.Count(outcome => outcome == SimulatedOutcome.Hang).ShouldBeInRange(400, 600);
    }

    [Fact]
    public void Latency_strays_around_its_mean()
    {
        var options = new SimulatedOptions { LatencyMs = 100, Jitter = 0.5 };

        var latencies = Plans(options).Select(plan => plan.Latency.TotalMilliseconds).ToArray();

        latencies.Min().ShouldBeInRange(50, 55);
        latencies.Max().ShouldBeInRange(145, 150);
        latencies.Average().ShouldBeInRange(98, 102);
    }

    [Theory]
    [InlineData(5, 5, "length")]
    [InlineData(500, 50, "stop")]
    public void Max_tokens_is_obeyed(int maxTokens, int expected, string reason)
    {
        var plan = SimulatedPlanner.Plan(
            new SimulatedOptions(),
            SimulatedModelName.Parse("sim-tokens-50"),
            Request with
            {
                MaxTokens = maxTokens,
            },
            1
        );

        plan.OutputTokens.ShouldBe(expected);
        plan.FinishReason.ShouldBe(reason);
    }

    private static SimulatedOutcome[] Outcomes(SimulatedOptions options) => [.. Plans(options).Select(plan => plan.Outcome)];

    private static IEnumerable<SimulatedPlan> Plans(SimulatedOptions options) =>
        Enumerable.Range(1, 10_000).Select(number => SimulatedPlanner.Plan(options, SimulatedModelName.Parse("m"), Request, number));
}
