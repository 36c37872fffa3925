using InferenceBroker.Providers.Simulated;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.Simulated;

public sealed class SimulatedSettingsTests
{
    [Fact]
    public void Parse_reads_every_setting_whatever_its_case()
    {
        var options = SimulatedSettings.Parse([
            new("LATENCYMS", "12.5"),
            new("jitter", "0"),
            new("tokenspersecond", "100"),
            new("outputTokens", "20-60"),
            new("errorRate", "0.1"),
            new("requestsPerMinute", "60"),
            new("tokensPerMinute", "1000"),
            new("concurrency", "4"),
            new("seed", "9"),
            new("dimensions", "8"),
            new("outage", "hang"),
        ]);

        options.LatencyMs.ShouldBe(12.5);
        options.Jitter.ShouldBe(0);
        options.TokensPerSecond.ShouldBe(100);
        options.LeastOutputTokens.ShouldBe(20);
        options.MostOutputTokens.ShouldBe(60);
        options.ErrorRates.ShouldBe([new SimulatedFaultRate(new SimulatedFault(SimulatedOutcome.Error, 500), 0.1)]);
        options.RequestsPerMinute.ShouldBe(60);
        options.TokensPerMinute.ShouldBe(1000);
        options.Concurrency.ShouldBe(4);
        options.Seed.ShouldBe(9);
        options.Dimensions.ShouldBe(8);
        options.Outage.ShouldBe(SimulatedOutage.Hang);
    }

    [Theory]
    [InlineData("latencyMs", "soon")]
    [InlineData("latencyMs", "-1")]
    [InlineData("jitter", "2")]
    [InlineData("outputTokens", "60-20")]
    [InlineData("outputTokens", "0")]
    [InlineData("errorRate", "500=0.8,429=0.3")]
    [InlineData("errorRate", "explode=0.1")]
    [InlineData("requestsPerMinute", "0")]
    [InlineData("outage", "maybe")]
    public void FindFaults_names_key_and_value(string name, string value)
    {
        var fault = SimulatedSettings.FindFaults([new(name, value)]).ShouldHaveSingleItem();

        fault.ShouldStartWith($"'{name}' is '{value}', but must be ");
    }

    [Fact]
    public void FindFaults_reports_all_and_knows_the_names()
    {
        var faults = SimulatedSettings.FindFaults([new("latency", "1"), new("seed", "x"), new("jitter", "0.1")]);

        faults.Count.ShouldBe(2);
        faults[0].ShouldContain("latencyMs");
        Should.Throw<FormatException>(() => SimulatedSettings.Parse([new("latency", "1")])).Message.ShouldContain("'latency'");
    }
}
