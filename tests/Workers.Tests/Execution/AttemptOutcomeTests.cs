using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Workers.Tests.Fakes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Workers.Tests.Execution;

public sealed class AttemptOutcomeTests
{
    private readonly Bench _bench = new();

    [Fact]
    public async Task A_successful_attempt_completes_the_job_with_answer_usage_and_cost()
    {
        await _bench.RunAsync();

        _bench.End.Outcome.ShouldBe(AttemptOutcome.Succeeded);
        _bench.End.Next.ShouldBe(JobState.Completed);
        _bench.End.Fence.ShouldBe(5);
        _bench.End.WorkerId.ShouldBe(_bench.Worker.Id);
        _bench.End.Endpoint.ShouldBe("acme/main/upstream");
        _bench.End.StatusCode.ShouldBe(200);
        _bench.End.ResponseBody.ShouldBe(Bench.Answer().Body);
        _bench.End.TimeToFirstTokenMs.ShouldBe(120);
        // 1,000 tokens at $2 and 500 at $8 per million.
        _bench.End.CostNanoUsd.ShouldBe(6_000_000);
        _bench.End.LastSequence.ShouldBe(2);
    }

    [Fact]
    public async Task A_successful_attempt_tells_scheduler_and_readers()
    {
        await _bench.RunAsync();

        var hint = _bench.Hints.Attempts.All.Single();
        hint.Failure.ShouldBe((short)0);
        hint.InputTokens.ShouldBe(1_000);
        hint.Requeued.ShouldBeNull();
        _bench.Hints.Ended.All.ShouldBe([Bench.Order().JobId]);
    }

    [Fact]
    public async Task The_scheduler_learns_when_the_call_began_and_what_the_provider_told_of_its_limits()
    {
        var limits = new ProviderLimits
        {
            RemainingRequests = 9,
            RemainingOutputTokens = 80,
            TokensReset = TimeSpan.FromSeconds(1.5),
        };
        _bench.Client.OnSend = (_, _, _) => Task.FromResult(Bench.Answer() with { Limits = limits });

        await _bench.RunAsync();

        var hint = _bench.Hints.Attempts.All.Single();
        hint.StartedAtMs.ShouldBe(Bench.Now.ToUnixTimeMilliseconds());
        var view = hint.RateLimits.ShouldNotBeNull();
        (view.RemainingRequests, view.RemainingTokens, view.RemainingOutputTokens).ShouldBe((9, null, 80));
        (view.RequestsResetMs, view.TokensResetMs).ShouldBe((null, 1_500));
    }

    [Fact]
    public async Task Where_the_provider_tells_no_limits_the_hint_carries_none()
    {
        await _bench.RunAsync();

        _bench.Hints.Attempts.All.Single().RateLimits.ShouldBeNull();
    }

    [Fact]
    public async Task An_attempt_that_may_not_start_is_dropped_silently()
    {
        _bench.Writer.OnStart = _ => Task.FromResult<StartedJob?>(null);

        await _bench.RunAsync();

        _bench.Client.Calls.All.ShouldBeEmpty();
        _bench.Writer.Ends.All.ShouldBeEmpty();
        _bench.Hints.Attempts.All.ShouldBeEmpty();
        _bench.Running.Count.ShouldBe(0);
    }

    [Fact]
    public async Task The_start_names_worker_fence_and_a_deadline_after_the_attempts_own_limit()
    {
        await _bench.RunAsync();

        var start = _bench.Writer.Starts.All.Single();
        start.Fence.ShouldBe(5);
        start.WorkerId.ShouldBe(_bench.Worker.Id);
        start.AttemptDeadline.ShouldBeGreaterThan(Bench.Now + _bench.Catalogs.Current.Limits.AttemptTimeout);
    }

    [Theory]
    [InlineData(FailureClass.Quota)]
    [InlineData(FailureClass.RateLimited)]
    [InlineData(FailureClass.Transient)]
    [InlineData(FailureClass.Timeout)]
    [InlineData(FailureClass.Credential)]
    [InlineData(FailureClass.ContextTooLong)]
    [InlineData(FailureClass.ContentFiltered)]
    [InlineData(FailureClass.CallerFault)]
    [InlineData(FailureClass.Unknown)]
    public async Task A_failure_does_to_the_job_what_the_taxonomy_says(FailureClass failure)
    {
        var rule = FailureRules.Of(failure);
        _bench.Client.Fail(new ProviderFailure(failure, "No."));

        await _bench.RunAsync();

        _bench.End.Outcome.ShouldBe(AttemptOutcome.Failed);
        _bench.End.Failure.ShouldBe(failure);
        _bench.End.FailureMessage.ShouldBe("No.");
        _bench.End.CostsAttempt.ShouldBe(rule.CostsAttempt);
        _bench.End.Next.ShouldBe(rule.CanRetry ? JobState.Queued : JobState.Failed);
        (_bench.End.Error is null).ShouldBe(rule.CanRetry);
        _bench.Hints.Attempts.All.Single().Failure.ShouldBe((short)failure);
    }

    [Fact]
    public async Task A_model_that_is_nowhere_else_fails_the_job()
    {
        _bench.Client.Fail(new ProviderFailure(FailureClass.ModelUnavailable, "No."));

        await _bench.RunAsync();

        _bench.End.Next.ShouldBe(JobState.Failed);
        _bench.End.Error.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_requeued_job_is_described_as_the_store_has_it()
    {
        _bench.Start(s => s with { AttemptsSpent = 1, Tried = ["other/main/m"], EstimatedInputTokens = 11 });
        _bench.Client.Fail(new ProviderFailure(FailureClass.Transient, "No.", RetryAfter: TimeSpan.FromSeconds(7)));

        await _bench.RunAsync();

        var hint = _bench.Hints.Attempts.All.Single();
        hint.RetryAfterMs.ShouldBe(7_000);
        var requeued = hint.Requeued.ShouldNotBeNull();
        requeued.Fence.ShouldBe(6);
        requeued.AttemptsSpent.ShouldBe(2);
        requeued.TenantId.ShouldBe(7);
        requeued.EstimatedInputTokens.ShouldBe(11);
        requeued.Tried.ShouldBe(["other/main/m", "acme/main/upstream"]);
        requeued.NotBefore.ShouldBe(_bench.End.NotBefore);
        _bench.Hints.Changed.All.ShouldBe([Bench.Order().JobId]);
        _bench.Hints.Ended.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task With_another_endpoint_at_hand_a_retry_need_not_wait()
    {
        _bench.Catalogs.Current = FakeCatalogSource.Of([FakeCatalogSource.Provider("acme"), FakeCatalogSource.Provider("other")]);
        _bench.Client.Fail(new ProviderFailure(FailureClass.Transient, "No."));

        await _bench.RunAsync();

        _bench.End.NotBefore.ShouldBeNull();
        _bench.End.AddToTried.ShouldBeTrue();
    }

    [Fact]
    public async Task Without_another_endpoint_a_retry_waits()
    {
        _bench.Client.Fail(new ProviderFailure(FailureClass.Transient, "No."));

        await _bench.RunAsync();

        _bench.End.NotBefore!.Value.ShouldBeGreaterThan(Bench.Now);
    }

    [Fact]
    public async Task The_last_attempt_fails_the_job_with_the_providers_words()
    {
        _bench.Start(s => s with { AttemptsSpent = 3 });
        _bench.Client.Fail(new ProviderFailure(FailureClass.Transient, "Overloaded.", Code: "overloaded"), statusCode: 529);

        await _bench.RunAsync();

        _bench.End.Next.ShouldBe(JobState.Failed);
        _bench.End.Error.ShouldBe(new JobFailure("overloaded", "Overloaded.", "upstream_error", null));
        _bench.End.StatusCode.ShouldBe(502);
        _bench.Hints.Ended.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_retry_past_the_deadline_expires_the_job()
    {
        _bench.Start(s => s with { Deadline = Bench.Now - TimeSpan.FromSeconds(1) });
        _bench.Client.Fail(new ProviderFailure(FailureClass.Transient, "No."));

        await _bench.RunAsync();

        _bench.End.Next.ShouldBe(JobState.Expired);
        _bench.End.Error!.Code.ShouldBe("job_expired");
    }

    [Fact]
    public async Task A_failed_attempt_that_used_tokens_is_charged()
    {
        _bench.Client.OnSend = (_, _, _) =>
            Task.FromResult(Bench.Answer() with { Failure = new ProviderFailure(FailureClass.Transient, "Cut off.") });

        await _bench.RunAsync();

        _bench.End.CostNanoUsd.ShouldBe(6_000_000);
        _bench.End.ResponseBody.ShouldBeNull();
    }

    [Fact]
    public async Task A_client_that_throws_makes_an_unknown_failure()
    {
        _bench.Client.OnSend = (_, _, _) => throw new InvalidOperationException("secret prompt");

        await _bench.RunAsync();

        _bench.End.Failure.ShouldBe(FailureClass.Unknown);
        _bench.End.FailureMessage!.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_cancellation_that_is_not_ours_is_a_timeout()
    {
        _bench.Client.OnSend = (_, _, _) => throw new OperationCanceledException();

        await _bench.RunAsync();

        _bench.End.Failure.ShouldBe(FailureClass.Timeout);
    }

    [Fact]
    public async Task A_cancelled_job_ends_its_call_at_once()
    {
        _bench.Client.Hang();
        var run = _bench.RunAsync();
        await _bench.Client.Calls.ReachAsync(1);

        _bench.Running.Cancel(new JobId(Bench.Order().JobId)).ShouldBeTrue();
        await run.WaitAsync(Bench.Patience);

        _bench.End.Outcome.ShouldBe(AttemptOutcome.Cancelled);
        _bench.End.Next.ShouldBe(JobState.Cancelled);
        _bench.End.CostsAttempt.ShouldBeFalse();
        _bench.End.Usage.ShouldBeNull();
        _bench.Hints.Ended.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_came_before_the_cancellation_was_noticed_stands()
    {
        _bench.Client.OnSend = (_, _, _) =>
        {
            _bench.Running.Cancel(new JobId(Bench.Order().JobId));
            return Task.FromResult(Bench.Answer());
        };

        await _bench.RunAsync();

        _bench.End.Next.ShouldBe(JobState.Completed);
    }

    [Theory]
    [InlineData("unknown", "fake", "main", FailureClass.ModelUnavailable)]
    [InlineData("acme", "strange", "main", FailureClass.ModelUnavailable)]
    [InlineData("acme", "fake", "other", FailureClass.Credential)]
    public async Task A_call_that_cannot_be_prepared_fails_without_being_made(
        string provider,
        string kind,
        string key,
        FailureClass expected
    )
    {
        _bench.Connections.Kind = kind;
        _bench.Connections.Key = key;

        await _bench.RunAsync(provider: provider);

        _bench.Client.Calls.All.ShouldBeEmpty();
        _bench.End.Failure.ShouldBe(expected);
    }

    [Theory]
    [InlineData("*", "gpt")]
    [InlineData("upstream", "upstream")]
    public async Task The_provider_is_asked_for_the_targets_model(string model, string expected)
    {
        await _bench.RunAsync(Bench.Order(model: model));

        _bench.Client.Calls.All.Single().Model.ShouldBe(expected);
        _bench.End.UpstreamModel.ShouldBe(expected);
    }

    [Fact]
    public async Task No_time_limit_is_longer_than_the_attempts()
    {
        _bench.Catalogs.Current = FakeCatalogSource.Of(
            [FakeCatalogSource.Provider("acme")],
            new() { AttemptTimeout = TimeSpan.FromSeconds(5) }
        );

        await _bench.RunAsync();

        var five = TimeSpan.FromSeconds(5);
        _bench.Client.Calls.All.Single().Timeouts.ShouldBe(new CallTimeouts(five, five, five, five));
    }

    [Fact]
    public async Task A_superseded_end_is_announced_without_a_terminal_event()
    {
        _bench.Writer.OnFinish = _ => Task.FromResult(FinishOutcome.Superseded);

        await _bench.RunAsync();

        _bench.Hints.Ended.All.ShouldBeEmpty();
        _bench.Hints.Attempts.All.Single().Requeued.ShouldBeNull();
    }

    [Fact]
    public async Task A_repeated_delivery_of_a_running_attempt_does_nothing()
    {
        _bench.Client.Hang();
        var run = _bench.RunAsync();
        await _bench.Client.Calls.ReachAsync(1);

        await _bench.RunAsync().WaitAsync(Bench.Patience);

        _bench.Writer.Starts.All.Count.ShouldBe(1);
        _bench.Running.Cancel(new JobId(Bench.Order().JobId));
        await run.WaitAsync(Bench.Patience);
    }

    [Fact]
    public async Task A_newer_fence_of_the_same_job_stops_the_older_attempt_as_superseded()
    {
        _bench.Client.Hang();
        var older = _bench.RunAsync();
        await _bench.Client.Calls.ReachAsync(1);
        _bench.Client.OnSend = (_, _, _) => Task.FromResult(Bench.Answer());

        await _bench.RunAsync(Bench.Order(fence: 7)).WaitAsync(Bench.Patience);
        await older.WaitAsync(Bench.Patience);

        _bench.Writer.Ends.All.Single(e => e.Fence == 5).Outcome.ShouldBe(AttemptOutcome.Superseded);
        _bench.Writer.Ends.All.Single(e => e.Fence == 7).Outcome.ShouldBe(AttemptOutcome.Succeeded);
        _bench.Running.Count.ShouldBe(0);
    }
}
