using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Tests.Health;

public sealed class HealthBookTests
{
    private static readonly DateTimeOffset Now = Calls.Start;

    private readonly HealthBook _book = new(HealthSettings.Default);

    private EndpointHealth One => _book.Endpoint(new EndpointId("p", "k1", "a"));

    private EndpointHealth SameKey => _book.Endpoint(new EndpointId("p", "k1", "b"));

    private EndpointHealth OtherKey => _book.Endpoint(new EndpointId("p", "k2", "a"));

    [Fact]
    public void An_empty_account_parks_the_key_and_no_other()
    {
        One.Record(Calls.Ended(FailureClass.Quota, Now), 0.5);

        SameKey.Availability(Now).ShouldBe(Availability.KeyParked);
        OtherKey.Availability(Now).ShouldBe(Availability.Available);
        SameKey.Availability(Now.AddMinutes(10)).ShouldBe(Availability.Available);
    }

    [Fact]
    public void One_try_is_taken_by_a_dispatch_and_its_success_unparks()
    {
        One.Record(Calls.Ended(FailureClass.Quota, Now), 0.5);
        var later = Now.AddMinutes(10);

        One.NoteDispatch(later);
        SameKey.Availability(later).ShouldBe(Availability.KeyParked);
        One.Record(Calls.Good(later.AddSeconds(1)), 0.5);

        SameKey.Availability(later.AddSeconds(1)).ShouldBe(Availability.Available);
    }

    [Fact]
    public void A_late_success_from_before_does_not_unpark()
    {
        One.Record(Calls.Ended(FailureClass.Credential, Now), 0.5);

        One.Record(Calls.Good(Now.AddSeconds(5), seconds: 6), 0.5);

        One.Availability(Now).ShouldBe(Availability.KeyParked);
    }

    [Fact]
    public void A_missing_model_parks_that_model_only()
    {
        One.Record(Calls.Ended(FailureClass.ModelUnavailable, Now), 0.5);

        One.Availability(Now).ShouldBe(Availability.ModelParked);
        SameKey.Availability(Now).ShouldBe(Availability.Available);
    }

    [Fact]
    public void A_new_configuration_lets_refused_keys_try_again_and_not_empty_ones()
    {
        One.Record(Calls.Ended(FailureClass.Credential, Now), 0.5);
        OtherKey.Record(Calls.Ended(FailureClass.Quota, Now), 0.5);

        _book.NoteNewConfiguration();

        One.Availability(Now).ShouldBe(Availability.Available);
        OtherKey.Availability(Now).ShouldBe(Availability.KeyParked);
    }

    [Fact]
    public void The_operators_word_on_a_provider_holds_for_all_its_endpoints()
    {
        _book.Provider("p").Operator = OperatorState.Draining;

        One.Availability(Now).ShouldBe(Availability.Draining);
        OtherKey.RecallsQueued.ShouldBeTrue();
        _book.Provider("p").Operator = OperatorState.Active;
        One.Operator = OperatorState.Paused;
        One.Availability(Now).ShouldBe(Availability.Paused);
        OtherKey.Availability(Now).ShouldBe(Availability.Available);
    }

    [Fact]
    public void Measures_are_those_of_successful_calls()
    {
        One.Record(Calls.Good(Now, seconds: 5) with { FirstToken = TimeSpan.FromSeconds(1), InputTokens = 100, OutputTokens = 41 }, 0.5);
        One.Record(Calls.Bad(Now, seconds: 60), 0.5);

        One.TimeToFirstToken.ShouldBe(1, 0.001);
        One.SecondsPerOutputToken.ShouldBe(0.1, 0.001);
        One.FirstTokens.Quantile(0.5).ShouldBe(1, 0.1);
        One.ErrorShareLastMinute.ShouldBe(0.5);
        One.TokensLastMinute.ShouldBe(141);
    }

    [Fact]
    public void Error_shares_remember_for_a_minute_five_and_an_hour()
    {
        One.Record(Calls.Bad(Now), 0.5);

        One.Advance(Now.AddMinutes(2), 0.5);
        (One.ErrorShareLastMinute, One.ErrorShareLastFiveMinutes, One.ErrorShareLastHour).ShouldBe((0, 1, 1));
        One.Advance(Now.AddMinutes(10), 0.5);
        (One.ErrorShareLastFiveMinutes, One.ErrorShareLastHour).ShouldBe((0, 1));
        One.Advance(Now.AddMinutes(61), 0.5);
        One.ErrorShareLastHour.ShouldBe(0);
    }

    [Fact]
    public void A_dead_endpoint_costs_ten_calls_in_ten_minutes_and_is_back_within_ninety_seconds()
    {
        var now = Now;
        for (var i = 0; i < 200; i++)
        {
            now = now.AddSeconds(1);
            One.Record(Calls.Good(now), 0.5);
        }

        var (wasted, dies, revives) = (0, now, now.AddMinutes(10));
        DateTimeOffset? probed = null;
        while (One.Breaker.State != BreakerState.Closed || now < revives)
        {
            now = now.AddMilliseconds(50);
            One.Advance(now, 0.5);
            var isProbe = One.Breaker.TryBeginProbe(now, 0.5);
            if (!isProbe && !One.TryAdmit(0, 20, isScaled: false, now))
            {
                continue;
            }

            probed ??= isProbe && now >= revives ? now : null;
            wasted += now < revives ? 1 : 0;
            One.Record(now < revives ? Calls.Bad(now) : Calls.Good(now), 0.5);
        }

        wasted.ShouldBeLessThanOrEqualTo(10);
        dies.ShouldBeLessThan(revives);
        (now - probed!.Value).TotalSeconds.ShouldBeLessThanOrEqualTo(90);
    }
}
