using InferenceBroker.Domain.Health;

namespace InferenceBroker.Domain.Tests.Health;

public sealed class PeakEwmaTests
{
    [Fact]
    public void A_higher_value_is_believed_at_once()
    {
        var ewma = new PeakEwma(TimeSpan.FromSeconds(10));
        ewma.Add(1, Calls.Start);

        ewma.Add(8, Calls.Start.AddSeconds(1));

        ewma.Value.ShouldBe(8);
    }

    [Fact]
    public void A_peak_decays_with_time_to_the_average()
    {
        var ewma = new PeakEwma(TimeSpan.FromSeconds(10));
        ewma.Add(1, Calls.Start);
        ewma.Add(8, Calls.Start);
        var before = ewma.Value;

        ewma.Advance(Calls.Start.AddSeconds(10));
        ewma.Value.ShouldBeInRange(3, 5);
        ewma.Advance(Calls.Start.AddMinutes(5));

        ewma.Value.ShouldBeInRange(1, 2);
        before.ShouldBe(8);
    }

    [Fact]
    public void Good_news_is_believed_slowly()
    {
        var ewma = new PeakEwma(TimeSpan.FromSeconds(10));
        ewma.Add(8, Calls.Start);

        ewma.Add(1, Calls.Start.AddSeconds(1));

        ewma.Value.ShouldBeGreaterThan(6);
    }
}
