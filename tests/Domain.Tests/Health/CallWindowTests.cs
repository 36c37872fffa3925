using CsCheck;
using InferenceBroker.Domain.Health;

namespace InferenceBroker.Domain.Tests.Health;

public sealed class CallWindowTests
{
    [Fact]
    public void Calls_leave_after_the_window()
    {
        var window = new CallWindow(10, TimeSpan.FromSeconds(6));
        window.Add(isBad: true, Calls.Start);
        window.Add(isBad: false, Calls.Start.AddSeconds(59));

        window.BadShare.ShouldBe(0.5);
        window.Advance(Calls.Start.AddSeconds(60));

        window.Calls.ShouldBe(1);
        window.Bad.ShouldBe(0);
    }

    [Fact]
    public void Sums_are_those_of_the_last_slots()
    {
        var steps = Gen.Select(Gen.Int[0, 9_000], Gen.Bool).Array[1, 100];
        steps.Sample(sequence =>
        {
            var window = new CallWindow(10, TimeSpan.FromSeconds(6));
            var now = Calls.Start;
            var added = new List<(long Slot, bool IsBad)>();
            foreach (var (milliseconds, isBad) in sequence)
            {
                now = now.AddMilliseconds(milliseconds);
                window.Add(isBad, now);
                added.Add((now.UtcTicks / TimeSpan.FromSeconds(6).Ticks, isBad));
            }

            var inside = added.Where(call => call.Slot > (now.UtcTicks / TimeSpan.FromSeconds(6).Ticks) - 10).ToList();
            return window.Calls == inside.Count && window.Bad == inside.Count(call => call.IsBad);
        });
    }
}
