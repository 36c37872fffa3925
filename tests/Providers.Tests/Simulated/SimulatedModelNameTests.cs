using InferenceBroker.Providers.Simulated;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.Simulated;

public sealed class SimulatedModelNameTests
{
    [Theory]
    [InlineData("sim-500", "Error", 500, null, 0)]
    [InlineData("sim-429-3", "Error", 429, 3, 0)]
    [InlineData("sim-hang", "Hang", 200, null, 0)]
    [InlineData("sim-hang-4", "Hang", 200, null, 4)]
    [InlineData("sim-reset", "Reset", 200, null, 0)]
    [InlineData("sim-cut-5", "Cut", 200, null, 5)]
    [InlineData("sim-malformed", "Malformed", 200, null, 0)]
    public void Parse_fault(string model, string outcome, int status, int? retryAfter, int afterChunks)
    {
        var fault = SimulatedModelName.Parse(model).Fault.ShouldNotBeNull();

        fault.Outcome.ToString().ShouldBe(outcome);
        fault.Status.ShouldBe(status);
        fault.RetryAfter.ShouldBe(retryAfter is null ? null : TimeSpan.FromSeconds(retryAfter.Value));
        fault.AfterChunks.ShouldBe(afterChunks);
    }

    [Fact]
    public void Parse_several_words()
    {
        var script = SimulatedModelName.Parse("sim-slow-1.5s-tokens-50-rate-20-flaky-30");

        script.Latency.ShouldBe(TimeSpan.FromSeconds(1.5));
        script.OutputTokens.ShouldBe(50);
        script.TokensPerSecond.ShouldBe(20);
        script.FaultShare.ShouldBe(0.3);
    }

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("sim")]
    [InlineData("sim-500-nonsense")]
    [InlineData("sim-tokens-many")]
    [InlineData("my-sim-500")]
    public void Parse_any_other_name_is_an_ordinary_model(string model)
    {
        var script = SimulatedModelName.Parse(model);

        script.ShouldBe(new SimulatedScript { Model = script.Model });
        script.Model.Value.ShouldBe(model);
    }
}
