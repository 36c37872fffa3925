using CsCheck;
using InferenceBroker.Domain.Budgets;

namespace InferenceBroker.Domain.Tests.Budgets;

public sealed class SlidingWindowTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SlidingWindow _window = new(1000, burst: 1, SlidingWindowSettings.Default, Now);

    [Fact]
    public void What_was_used_leaves_a_minute_and_a_margin_after_the_start()
    {
        Use(1000, Now, Now.AddSeconds(1));

        _window.Has(1, Now.AddSeconds(61.2)).ShouldBeFalse();
        _window.Has(1000, Now.AddSeconds(61.75)).ShouldBeTrue();
    }

    [Fact]
    public void What_waits_in_a_queue_counts_for_as_long_as_it_waits()
    {
        _window.Take(1000, Now);
        _window.Has(1, Now.AddSeconds(90)).ShouldBeFalse();

        _window.Settle(1000, Now, 1000, Now.AddSeconds(80), wasStarted: false, Now.AddSeconds(90));

        _window.Has(1, Now.AddSeconds(139)).ShouldBeFalse();
        _window.Has(1, Now.AddSeconds(141)).ShouldBeTrue();
    }

    [Fact]
    public void A_long_call_leaves_while_it_runs_once_its_start_is_known()
    {
        _window.Take(1000, Now);
        _window.Start(1000, Now, Now);

        _window.Has(1000, Now.AddSeconds(61)).ShouldBeTrue();

        _window.Settle(1000, Now, 5000, Now, wasStarted: true, Now.AddSeconds(61));
        _window.Has(1000, Now.AddSeconds(62)).ShouldBeTrue();
    }

    [Fact]
    public void An_amount_above_the_limit_passes_an_empty_window_once()
    {
        _window.Has(5000, Now).ShouldBeTrue();

        Use(5000, Now, Now);

        _window.Has(1, Now.AddSeconds(30)).ShouldBeFalse();
        _window.Has(5000, Now.AddSeconds(61)).ShouldBeTrue();
    }

    [Fact]
    public void An_amount_above_the_limit_waits_for_the_window_to_empty()
    {
        Use(1, Now, Now);

        _window.Has(5000, Now.AddSeconds(59)).ShouldBeFalse();
    }

    [Fact]
    public void RoomAt_is_when_enough_has_left()
    {
        Use(600, Now, Now);
        Use(400, Now.AddSeconds(20), Now.AddSeconds(20));

        _window.RoomAt(600, Now.AddSeconds(30)).ShouldBeInRange(Now.AddSeconds(60), Now.AddSeconds(61));
        _window.RoomAt(601, Now.AddSeconds(30)).ShouldBeInRange(Now.AddSeconds(80), Now.AddSeconds(81));
        _window.Has(600, _window.RoomAt(600, Now.AddSeconds(30))).ShouldBeTrue();
    }

    [Fact]
    public void A_provider_that_knows_of_less_is_believed_until_its_reset()
    {
        _window.Correct(remaining: 300, Now, resetAt: Now.AddSeconds(20), Now);

        _window.Level(Now).ShouldBe(300);
        _window.Level(Now.AddSeconds(21)).ShouldBe(1000);
    }

    [Fact]
    public void A_provider_that_knows_of_more_changes_nothing()
    {
        Use(800, Now, Now);

        _window.Correct(remaining: 900, Now, resetAt: Now.AddSeconds(20), Now);

        _window.Level(Now).ShouldBe(200);
    }

    [Fact]
    public void Old_news_is_compared_with_what_was_known_then()
    {
        Use(800, Now, Now);
        var later = Now.AddSeconds(62);

        // At 50 s the provider had the 800 too: nobody else uses the key.
        _window.Correct(remaining: 200, observedAt: Now.AddSeconds(50), resetAt: later.AddSeconds(30), later);

        _window.Level(later).ShouldBe(1000);
    }

    [Fact]
    public void A_new_leader_that_replays_the_last_minute_has_the_same_level()
    {
        var next = new SlidingWindow(1000, 1, SlidingWindowSettings.Default, Now.AddSeconds(50));
        foreach (var second in new[] { 0, 10, 20, 30, 40 })
        {
            Use(150, Now.AddSeconds(second), Now.AddSeconds(second));
            next.Replay(150, Now.AddSeconds(second), Now.AddSeconds(50));
        }

        for (var second = 50; second < 120; second++)
        {
            next.Level(Now.AddSeconds(second)).ShouldBe(_window.Level(Now.AddSeconds(second)));
        }
    }

    [Fact]
    public void A_smaller_burst_spreads_the_work()
    {
        var window = new SlidingWindow(1000, burst: 0.1, SlidingWindowSettings.Default, Now);
        window.Take(100, Now);

        window.Has(50, Now).ShouldBeFalse();
        window.Has(50, Now.AddSeconds(3)).ShouldBeTrue();
    }

    [Fact]
    public void No_sixty_seconds_ever_see_more_than_the_limit()
    {
        var steps = Gen.Select(Gen.Int[0, 3_000], Gen.Int[1, 400], Gen.Int[0, 5_000]).Array[1, 300];
        steps.Sample(sequence =>
        {
            var window = new SlidingWindow(1000, 1, SlidingWindowSettings.Default, Now);
            var granted = new List<(DateTimeOffset At, double Amount)>();
            var underWay = new PriorityQueue<(DateTimeOffset TakenAt, double Amount), DateTimeOffset>();
            var now = Now;
            foreach (var (milliseconds, amount, wait) in sequence)
            {
                now = now.AddMilliseconds(milliseconds);
                while (underWay.TryPeek(out var call, out var startedAt) && startedAt <= now)
                {
                    underWay.Dequeue();
                    window.Settle(call.Amount, call.TakenAt, call.Amount, startedAt, wasStarted: false, now);
                    granted.Add((startedAt, call.Amount));
                }

                if (window.Has(amount, now))
                {
                    window.Take(amount, now);
                    underWay.Enqueue((now, amount), now.AddMilliseconds(wait));
                }
            }

            return granted.TrueForAll(last =>
                granted.Where(call => call.At <= last.At && call.At > last.At.AddSeconds(-60)).Sum(call => call.Amount) <= 1000
            );
        });
    }

    private void Use(double amount, DateTimeOffset takenAt, DateTimeOffset startedAt)
    {
        _window.Level(startedAt);
        _window.Take(amount, takenAt);
        _window.Settle(amount, takenAt, amount, startedAt, wasStarted: false, startedAt);
    }
}
