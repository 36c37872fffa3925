using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Tests.Failures;

public sealed class RetryDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly JobLimits Limits = new() { MaxAttempts = 4 };

    private static readonly FailedAttempt First = new()
    {
        Failure = FailureClass.Transient,
        SpentBefore = 0,
        Replay = ReplayPolicy.Always,
        HasOtherEndpoints = true,
    };

    public static TheoryData<FailureClass> Classes => [.. Enum.GetValues<FailureClass>()];

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_first_failure_is_retried_where_the_taxonomy_allows_it(FailureClass failure)
    {
        var decision = Decide(First with { Failure = failure });

        decision.Verdict.ShouldBe(FailureRules.Of(failure).CanRetry ? RetryVerdict.Retry : RetryVerdict.Fail);
        decision.CostsAttempt.ShouldBe(FailureRules.Of(failure).CostsAttempt);
    }

    [Theory]
    [InlineData(2, RetryVerdict.Retry)]
    [InlineData(3, RetryVerdict.Fail)]
    [InlineData(7, RetryVerdict.Fail)]
    public void The_last_attempt_fails_the_job(int spentBefore, RetryVerdict verdict) =>
        Decide(First with { SpentBefore = spentBefore }).Verdict.ShouldBe(verdict);

    [Fact]
    public void A_failure_that_costs_no_attempt_is_retried_when_all_but_one_are_spent() =>
        Decide(First with { Failure = FailureClass.RateLimited, SpentBefore = 3 }).Verdict.ShouldBe(RetryVerdict.Retry);

    [Fact]
    public void A_prompt_that_is_too_long_goes_to_the_other_route_at_once_and_costs_no_attempt()
    {
        var decision = Decide(
            First with
            {
                Failure = FailureClass.ContextTooLong,
                SpentBefore = 3,
                OtherRoute = "long",
                HasOtherEndpoints = false,
            }
        );

        decision.ShouldBe(new RetryDecision(RetryVerdict.Retry, CostsAttempt: false, AddToTried: true, NotBefore: null) { Route = "long" });
    }

    [Theory]
    [InlineData(0, RetryVerdict.Retry)]
    [InlineData(3, RetryVerdict.Fail)]
    public void A_filtered_prompt_goes_to_the_other_route_while_attempts_are_left(int spentBefore, RetryVerdict verdict)
    {
        var decision = Decide(First with { Failure = FailureClass.ContentFiltered, SpentBefore = spentBefore, OtherRoute = "bold" });

        (decision.Verdict, decision.CostsAttempt).ShouldBe((verdict, true));
        decision.Route.ShouldBe(verdict == RetryVerdict.Retry ? "bold" : null);
    }

    [Theory]
    [InlineData(ReplayPolicy.Always, true, RetryVerdict.Retry)]
    [InlineData(ReplayPolicy.IfNoOutput, false, RetryVerdict.Retry)]
    [InlineData(ReplayPolicy.IfNoOutput, true, RetryVerdict.Fail)]
    [InlineData(ReplayPolicy.Never, false, RetryVerdict.Fail)]
    public void The_replay_policy_decides_where_the_model_may_have_been_reached(
        ReplayPolicy replay,
        bool hasOutput,
        RetryVerdict verdict
    ) => Decide(First with { Failure = FailureClass.Timeout, Replay = replay, HasOutput = hasOutput }).Verdict.ShouldBe(verdict);

    [Fact]
    public void A_call_that_was_turned_away_is_retried_under_any_replay_policy() =>
        Decide(First with { Failure = FailureClass.RateLimited, Replay = ReplayPolicy.Never }).Verdict.ShouldBe(RetryVerdict.Retry);

    [Fact]
    public void A_model_that_is_nowhere_else_fails_the_job_at_once()
    {
        var attempt = First with { Failure = FailureClass.ModelUnavailable };
        Decide(attempt with { HasOtherEndpoints = false }).Verdict.ShouldBe(RetryVerdict.Fail);
        Decide(attempt with { HasOtherEndpoints = true }).Verdict.ShouldBe(RetryVerdict.Retry);
    }

    [Fact]
    public void A_job_past_its_deadline_expires() => Decide(First with { Deadline = Now }).Verdict.ShouldBe(RetryVerdict.Expire);

    [Fact]
    public void The_last_attempt_past_the_deadline_fails_with_its_error() =>
        Decide(First with { SpentBefore = 3, Deadline = Now }).Verdict.ShouldBe(RetryVerdict.Fail);

    [Fact]
    public void Another_endpoint_is_tried_at_once() => Decide(First).NotBefore.ShouldBeNull();

    [Fact]
    public void The_only_endpoint_is_tried_again_after_the_backoff() =>
        Decide(First with { HasOtherEndpoints = false, SpentBefore = 1 }).NotBefore.ShouldBe(Now + TimeSpan.FromSeconds(0.5));

    [Fact]
    public void An_endpoint_that_failed_the_job_before_is_tried_again_after_the_backoff() =>
        Decide(First with { FailedHereBefore = true, SpentBefore = 1 }).NotBefore.ShouldBe(Now + TimeSpan.FromSeconds(0.5));

    [Fact]
    public void A_rate_limit_of_the_only_endpoint_waits_as_long_as_the_provider_asked() =>
        Decide(First with { Failure = FailureClass.RateLimited, HasOtherEndpoints = false, RetryAfter = TimeSpan.FromSeconds(20) })
            .NotBefore.ShouldBe(Now + TimeSpan.FromSeconds(20));

    [Fact]
    public void A_job_is_never_put_aside_for_longer_than_five_minutes() =>
        Decide(First with { HasOtherEndpoints = false, RetryAfter = TimeSpan.FromHours(6) })
            .NotBefore.ShouldBe(Now + TimeSpan.FromMinutes(5));

    [Theory]
    [InlineData(FailureClass.Transient, true)]
    [InlineData(FailureClass.Credential, true)]
    [InlineData(FailureClass.Quota, true)]
    [InlineData(FailureClass.RateLimited, false)]
    [InlineData(FailureClass.HandedBack, false)]
    [InlineData(FailureClass.WorkerLost, false)]
    public void Only_an_endpoint_that_is_to_blame_is_avoided(FailureClass failure, bool avoided) =>
        Decide(First with { Failure = failure }).AddToTried.ShouldBe(avoided);

    private static RetryDecision Decide(in FailedAttempt attempt) => RetryDecision.Of(attempt, Limits, Now, random: 0.5);
}
