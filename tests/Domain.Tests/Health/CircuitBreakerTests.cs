using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Health;

namespace InferenceBroker.Domain.Tests.Health;

public sealed class CircuitBreakerTests
{
    // No jitter.
    private const double Middle = 0.5;

    private readonly CircuitBreaker _breaker = new(BreakerSettings.Default);
    private DateTimeOffset _now = Calls.Start;

    [Fact]
    public void Five_errors_in_a_row_open_it()
    {
        Fail(4);
        _breaker.State.ShouldBe(BreakerState.Closed);

        Fail(1);

        _breaker.State.ShouldBe(BreakerState.Open);
        _breaker.Until.ShouldBe(_now.AddSeconds(5));
    }

    [Fact]
    public void A_success_in_between_breaks_the_row()
    {
        Fail(4);
        Succeed(1);

        Fail(4);

        _breaker.State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public void Half_of_twenty_calls_failed_opens_it()
    {
        for (var i = 0; i < 9; i++)
        {
            Fail(1);
            Succeed(1);
        }

        Succeed(1);
        _breaker.State.ShouldBe(BreakerState.Closed);

        Fail(1);

        _breaker.State.ShouldBe(BreakerState.Open);
    }

    [Fact]
    public void Errors_of_more_than_a_minute_ago_do_not_count()
    {
        for (var i = 0; i < 9; i++)
        {
            Fail(1);
            Succeed(1);
        }

        _now = _now.AddSeconds(61);
        Succeed(1);
        Fail(1);

        _breaker.State.ShouldBe(BreakerState.Closed);
    }

    [Theory]
    [InlineData(FailureClass.RateLimited)]
    [InlineData(FailureClass.Quota)]
    [InlineData(FailureClass.Credential)]
    [InlineData(FailureClass.CallerFault)]
    [InlineData(FailureClass.Cancelled)]
    public void What_is_not_its_fault_does_not_open_it(FailureClass failure)
    {
        for (var i = 0; i < 50; i++)
        {
            _breaker.Record(Calls.Ended(failure, _now), null, Middle);
        }

        _breaker.State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public void A_reliable_endpoint_opens_after_three()
    {
        for (var i = 0; i < 3; i++)
        {
            _breaker.Record(Calls.Bad(_now), usualErrors: 0.001, Middle);
        }

        _breaker.State.ShouldBe(BreakerState.Open);
    }

    [Fact]
    public void Under_suspicion_one_call_at_a_time_passes()
    {
        Fail(2);

        _breaker.TryAdmit(inFlight: 0, limit: 20, isScaled: false, _now).ShouldBeTrue();
        _breaker.TryAdmit(inFlight: 1, limit: 20, isScaled: false, _now).ShouldBeFalse();
        Succeed(1);
        _breaker.TryAdmit(inFlight: 1, limit: 20, isScaled: false, _now).ShouldBeTrue();
    }

    [Fact]
    public void Open_it_lets_nothing_pass_and_half_open_exactly_one_probe()
    {
        Fail(5);
        _breaker.TryAdmit(0, 20, isScaled: false, _now).ShouldBeFalse();
        _breaker.TryBeginProbe(_now.AddSeconds(4.9), Middle).ShouldBeFalse();

        _now = _now.AddSeconds(5);

        _breaker.TryBeginProbe(_now, Middle).ShouldBeTrue();
        _breaker.TryBeginProbe(_now, Middle).ShouldBeFalse();
        _breaker.TryAdmit(0, 20, isScaled: false, _now).ShouldBeFalse();
    }

    [Fact]
    public void Waits_double_up_to_five_minutes()
    {
        Fail(5);
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            waits.Add((_breaker.Until - _now).TotalSeconds);
            _now = _breaker.Until;
            _breaker.TryBeginProbe(_now, Middle).ShouldBeTrue();
            Fail(1);
        }

        waits.ShouldBe([5, 10, 20, 40, 80, 160, 300, 300]);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 6)]
    public void Waits_are_spread_by_a_fifth(double random, double seconds)
    {
        for (var i = 0; i < 5; i++)
        {
            _breaker.Record(Calls.Bad(_now), null, random);
        }

        (_breaker.Until - _now).TotalSeconds.ShouldBe(seconds, 0.001);
    }

    [Fact]
    public void A_longer_retry_after_wins()
    {
        Fail(4);

        _breaker.Record(Calls.Bad(_now, retryAfter: TimeSpan.FromSeconds(42)), null, Middle);

        _breaker.Until.ShouldBe(_now.AddSeconds(42));
    }

    [Fact]
    public void A_probes_success_starts_the_ramp_which_ends_closed()
    {
        Recover();

        var shares = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            shares.Add(_breaker.RampShare);
            Pass(20);
        }

        shares.ShouldBe([0.05, 0.25, 0.5, 1]);
        _breaker.State.ShouldBe(BreakerState.Closed);
        _breaker.RampShare.ShouldBe(1);
    }

    [Fact]
    public void Once_closed_the_waits_begin_anew()
    {
        Recover();
        Pass(80);

        Fail(5);

        _breaker.Until.ShouldBe(_now.AddSeconds(5));
    }

    [Fact]
    public void Errors_while_recovering_open_it_for_longer()
    {
        Recover();
        Pass(20);

        Fail(2);

        _breaker.State.ShouldBe(BreakerState.Open);
        _breaker.Until.ShouldBe(_now.AddSeconds(10));
    }

    [Fact]
    public void Late_failures_of_calls_from_before_do_not_count()
    {
        Fail(5);
        var opened = _now;
        _now = _breaker.Until;
        _breaker.TryBeginProbe(_now, Middle);
        FailLate(opened);
        _breaker.State.ShouldBe(BreakerState.Probing);
        Succeed(1);

        FailLate(opened);

        _breaker.State.ShouldBe(BreakerState.Recovering);
        Pass(80);
        FailLate(opened);
        _breaker.State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public void A_probe_that_never_ends_is_given_up()
    {
        Fail(5);
        _now = _breaker.Until;
        _breaker.TryBeginProbe(_now, Middle);

        Pass(121);

        _breaker.State.ShouldBe(BreakerState.Open);
        _breaker.Until.ShouldBe(_now.AddSeconds(10));
    }

    [Fact]
    public void A_probe_that_says_nothing_gives_its_place_back()
    {
        Fail(5);
        _now = _breaker.Until;
        _breaker.TryBeginProbe(_now, Middle);

        _breaker.Record(Calls.Ended(FailureClass.WorkerLost, _now), null, Middle);

        _breaker.TryBeginProbe(_now, Middle).ShouldBeTrue();
    }

    [Fact]
    public void The_ramp_is_a_share_of_the_picks_even_alone()
    {
        Recover();
        foreach (var share in new[] { 0.05, 0.25, 0.5 })
        {
            _breaker.RampShare.ShouldBe(share);
            Admitted(picks: 1000, inFlight: 0).ShouldBeInRange((int)(1000 * share) - 6, (int)(1000 * share) + 6);
            Pass(20);
        }

        Admitted(picks: 1000, inFlight: 0).ShouldBe(1000);
    }

    [Fact]
    public void Waiting_jobs_that_ask_again_get_no_more_than_the_share_of_the_concurrency()
    {
        Recover();

        Admitted(picks: 1000, inFlight: 2, limit: 40).ShouldBe(0);
        Admitted(picks: 1000, inFlight: 1, limit: 40).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_recovering_endpoint_is_never_without_a_call_for_long()
    {
        Recover();
        _breaker.TryAdmit(0, 20, isScaled: false, _now).ShouldBeFalse();

        _now = _now.AddSeconds(5);

        _breaker.TryAdmit(0, 20, isScaled: false, _now).ShouldBeTrue();
    }

    [Fact]
    public void Ten_percent_errors_degrade_it_by_its_success()
    {
        for (var i = 0; i < 10; i++)
        {
            Succeed(4);
            Fail(1);
        }

        _breaker.IsDegraded.ShouldBeTrue();
        _breaker.SuccessShare.ShouldBe(0.8, 0.001);
    }

    [Fact]
    public void A_new_leader_goes_on_where_the_last_one_was()
    {
        Fail(5);
        _now = _breaker.Until;
        _breaker.TryBeginProbe(_now, Middle);
        var next = new CircuitBreaker(BreakerSettings.Default);

        next.Restore(_breaker.Snapshot(), _now.AddSeconds(1), Middle);

        next.TryBeginProbe(_now.AddSeconds(1), Middle).ShouldBeFalse();
        next.Record(Calls.Good(_now.AddSeconds(2), seconds: 1.5), null, Middle);
        next.State.ShouldBe(BreakerState.Recovering);
        next.RampShare.ShouldBe(0.05);
        next.Snapshot().ShouldBe(next.Snapshot());
    }

    private void Recover()
    {
        Fail(5);
        _now = _breaker.Until;
        _breaker.TryBeginProbe(_now, Middle).ShouldBeTrue();
        Succeed(1);
        _breaker.State.ShouldBe(BreakerState.Recovering);
    }

    private int Admitted(int picks, int inFlight, int limit = 20)
    {
        var admitted = 0;
        for (var i = 0; i < picks; i++)
        {
            admitted += _breaker.TryAdmit(inFlight, limit, isScaled: false, _now) ? 1 : 0;
        }

        return admitted;
    }

    private void Pass(double seconds)
    {
        _now = _now.AddSeconds(seconds);
        _breaker.Advance(_now, Middle);
    }

    private void Fail(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            _breaker.Record(Calls.Bad(_now), null, Middle);
        }
    }

    private void FailLate(DateTimeOffset opened)
    {
        for (var i = 0; i < 30; i++)
        {
            _breaker.Record(Calls.Bad(_now) with { StartedAt = opened.AddSeconds(-1) }, null, Middle);
        }
    }

    private void Succeed(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            _breaker.Record(Calls.Good(_now), null, Middle);
        }
    }
}
