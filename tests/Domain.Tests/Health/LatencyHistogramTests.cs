using InferenceBroker.Domain.Health;

namespace InferenceBroker.Domain.Tests.Health;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0.95, 0.95)]
    [InlineData(0.99, 0.99)]
    public void Quantiles_are_right_within_nine_percent(double share, double seconds)
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 1000; i++)
        {
            histogram.Add(i / 1000.0, Calls.Start.AddMilliseconds(i));
        }

        histogram.Quantile(share).ShouldBe(seconds, seconds * 0.1);
    }

    [Fact]
    public void Only_the_last_minute_counts()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(10, Calls.Start);
        histogram.Add(1, Calls.Start.AddSeconds(61));

        histogram.Count.ShouldBe(1);
        histogram.Quantile(0.99).ShouldBe(1, 0.1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e9)]
    public void Extremes_are_counted_at_the_ends(double seconds)
    {
        var histogram = new LatencyHistogram();

        histogram.Add(seconds, Calls.Start);

        histogram.Count.ShouldBe(1);
    }

    [Fact]
    public void Without_measures_a_quantile_is_zero() => new LatencyHistogram().Quantile(0.5).ShouldBe(0);
}
