using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Persistence.Jobs;
using Shouldly;
using Xunit;
using static InferenceBroker.Persistence.Tests.Conformance.StoreFixture;

namespace InferenceBroker.Persistence.Tests.Conformance;

public abstract class SettlementTests<TFixture>(TFixture world) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    [Fact]
    public async Task FinishAsync_Succeeded_StoresAnswerAttemptAndSequences()
    {
        var (job, started) = await world.RunningAsync();
        await world.Store.AppendAsync([new(job.Id, 1, 1, 3, ["x", "y"])], None);
        var end = world.Ended(started) with { LastSequence = 4 };
        (await world.Store.FinishAsync([end], None)).ShouldBe([FinishOutcome.Applied]);

        var details = await world.DetailsAsync(job);
        (details.Job.State, details.Job.LastSequence, details.Job.EndedAt).ShouldBe((JobState.Completed, 6, end.EndedAt));
        (details.Job.Usage, details.Job.CostNanoUsd).ShouldBe((new TokenUsage(10, 20), 5_000));
        details.Result.ShouldNotBeNull().StatusCode.ShouldBe(200);
        details.Result.Body.ShouldBe(end.ResponseBody);
        var attempt = details.Attempts.ShouldHaveSingleItem();
        (attempt.Number, attempt.Outcome, attempt.StartedSequence, attempt.EndedSequence).ShouldBe((1, AttemptOutcome.Succeeded, 2, 5));
        (attempt.TimeToFirstTokenMs, attempt.Usage, attempt.CostNanoUsd).ShouldBe((120, new TokenUsage(10, 20), 5_000));
        (attempt.StartedAt, attempt.EndedAt).ShouldBe((started.StartedAt, end.EndedAt));
    }

    [Fact]
    public async Task FinishAsync_AnswerOfAnyBytes_ComesBackUntouched()
    {
        var (job, started) = await world.RunningAsync();
        byte[] body = [0, 0xFF, 0xFE, 0];
        await world.Store.FinishAsync([world.Ended(started) with { ResponseBody = body }], None);
        (await world.DetailsAsync(job)).Result.ShouldNotBeNull().Body.ShouldBe(body);
    }

    [Fact]
    public async Task FinishAsync_Requeued_KeepsCostAndGrowsTheFence()
    {
        var (job, started) = await world.RunningAsync();
        var end = world.Ended(started, JobState.Queued) with
        {
            Failure = FailureClass.Transient,
            FailureMessage = "boom\0\uD800",
            CostsAttempt = true,
            AddToTried = true,
            NotBefore = world.Now.AddSeconds(30),
        };
        (await world.Store.FinishAsync([end], None)).ShouldBe([FinishOutcome.Applied]);

        var queued = (await world.Store.ReadQueuedByIdAsync([job.Id], None)).ShouldHaveSingleItem();
        (queued.Fence, queued.AttemptsSpent, queued.NotBefore).ShouldBe((2, 1, end.NotBefore));
        queued.Tried.ShouldBe([Endpoint]);
        var details = await world.DetailsAsync(job);
        (details.Job.LastSequence, details.Job.CostNanoUsd, details.Job.EndedAt).ShouldBe((3, 5_000, null));
        var attempt = details.Attempts.ShouldHaveSingleItem();
        (attempt.Outcome, attempt.Failure, attempt.EndedSequence).ShouldBe((AttemptOutcome.Failed, FailureClass.Transient, 3));
        attempt.FailureMessage.ShouldBe("boom\uFFFD\uFFFD");
    }

    [Fact]
    public async Task FinishAsync_RequeuedOntoAnotherRoute_ChangesTheRouteForGood()
    {
        var (job, first) = await world.RunningAsync(job => job with { Route = "small" });
        await world.Store.FinishAsync([world.Ended(first, JobState.Queued) with { Route = "large" }], None);
        (await world.Store.ReadQueuedByIdAsync([job.Id], None)).ShouldHaveSingleItem().Route.ShouldBe("large");

        var second = await AgainAsync(job, fence: 2);
        second.Route.ShouldBe("large");
        await world.Store.FinishAsync([world.Ended(second, JobState.Queued)], None);
        (await world.Store.ReadQueuedByIdAsync([job.Id], None)).ShouldHaveSingleItem().Route.ShouldBe("large");
        (await world.DetailsAsync(job)).Job.Route.ShouldBe("large");
    }

    [Fact]
    public async Task FinishAsync_SecondAttempt_SumsCostAndKeepsTriedDistinct()
    {
        var (job, first) = await world.RunningAsync();
        await world.Store.FinishAsync([world.Ended(first, JobState.Queued) with { AddToTried = true }], None);
        var second = await AgainAsync(job, fence: 2);
        (second.Attempt, second.LastSequence).ShouldBe((2, 4));
        await world.Store.FinishAsync([world.Ended(second, JobState.Queued) with { AddToTried = true }], None);
        var third = await AgainAsync(job, fence: 4, "azure/k/gpt-4o");
        third.Tried.ShouldBe([Endpoint]);
        await world.Store.FinishAsync([world.Ended(third, JobState.Queued) with { AddToTried = true, Endpoint = "azure/k/gpt-4o" }], None);
        var fourth = await AgainAsync(job, fence: 6);
        fourth.Tried.ShouldBe([Endpoint, "azure/k/gpt-4o"]);
        await world.Store.FinishAsync([world.Ended(fourth)], None);

        var details = await world.DetailsAsync(job);
        (details.Job.CostNanoUsd, details.Job.Attempt, details.Job.Usage).ShouldBe((20_000, 4, new TokenUsage(10, 20)));
        details.Attempts.Select(attempt => attempt.Number).ShouldBe([1, 2, 3, 4]);
        details.Job.StartedAt.ShouldBe(first.StartedAt);
        details.Result.ShouldNotBeNull();
    }

    [Fact]
    public async Task FinishAsync_Failed_StoresTheError()
    {
        var (job, started) = await world.RunningAsync();
        var error = new JobFailure("context_length_exceeded", "Too long.", "invalid_request_error", "messages");
        await world.Store.FinishAsync([world.Ended(started, JobState.Failed) with { Error = error, StatusCode = 400 }], None);
        var details = await world.DetailsAsync(job);
        (details.Job.State, details.Job.Error, details.Job.LastSequence).ShouldBe((JobState.Failed, error, 4));
        details.Result.ShouldNotBeNull().StatusCode.ShouldBe(400);
    }

    [Fact]
    public async Task FinishAsync_Repeated_IsAppliedAndChargesOnce()
    {
        var (job, started) = await world.RunningAsync();
        await world.Store.FinishAsync([world.Ended(started)], None);
        (await world.Store.FinishAsync([world.Ended(started)], None)).ShouldBe([FinishOutcome.Applied]);
        var details = await world.DetailsAsync(job);
        details.Job.CostNanoUsd.ShouldBe(5_000);
        details.Attempts.ShouldHaveSingleItem().Outcome.ShouldBe(AttemptOutcome.Succeeded);
    }

    [Fact]
    public async Task FinishAsync_RepeatedAfterTheJobRanAgain_IsAppliedAndChangesNothing()
    {
        var (job, first) = await world.RunningAsync();
        var end = world.Ended(first, JobState.Queued);
        await world.Store.FinishAsync([end], None);
        await AgainAsync(job, fence: 2);
        (await world.Store.FinishAsync([end], None)).ShouldBe([FinishOutcome.Applied]);
        var stored = await world.StoredAsync(job);
        (stored.State, stored.Attempt, stored.CostNanoUsd).ShouldBe((JobState.Running, 2, 5_000));
    }

    [Fact]
    public async Task FinishAsync_Many_EachHasItsOwnOutcome()
    {
        var (_, first) = await world.RunningAsync();
        var (_, second) = await world.RunningAsync();
        var outcomes = await world.Store.FinishAsync(
            [world.Ended(second), world.Ended(first) with { Id = JobId.Create(world.Time) }, world.Ended(first)],
            None
        );
        outcomes.ShouldBe([FinishOutcome.Applied, FinishOutcome.Superseded, FinishOutcome.Applied]);
    }

    [Fact]
    public async Task FinishAsync_LateWorkerAfterRecovery_IsSupersededAndChargedOnce()
    {
        var (job, first) = await world.RunningAsync(worker: Guid.CreateVersion7());
        await world.Store.RecoverAsync(world.Term, world.Now, world.Now.AddMinutes(-1), 4, 1000, None);
        var second = await AgainAsync(job, fence: 2);

        (await world.Store.FinishAsync([world.Ended(first)], None)).ShouldBe([FinishOutcome.Superseded]);
        (await world.Store.FinishAsync([world.Ended(first)], None)).ShouldBe([FinishOutcome.Superseded]);
        await world.Store.FinishAsync([world.Ended(second) with { CostNanoUsd = 100 }], None);

        var details = await world.DetailsAsync(job);
        (details.Job.State, details.Job.CostNanoUsd).ShouldBe((JobState.Completed, 5_100));
        details.Attempts.Select(attempt => attempt.Outcome).ShouldBe([AttemptOutcome.Superseded, AttemptOutcome.Succeeded]);
        (details.Attempts[0].CostNanoUsd, details.Attempts[0].EndedSequence).ShouldBe((5_000, 3));
    }

    [Fact]
    public async Task FinishAsync_RequeueOfACancelledJob_Cancels()
    {
        var (job, started) = await world.RunningAsync();
        await world.Store.CancelAsync(job.TenantId, job.Id, world.Now, None);
        await world.Store.FinishAsync([world.Ended(started, JobState.Queued)], None);
        var stored = await world.StoredAsync(job);
        (stored.State, stored.LastSequence).ShouldBe((JobState.Cancelled, 4));
        stored.EndedAt.ShouldNotBeNull();
    }

    private async Task<StartedJob> AgainAsync(NewJob job, long fence, string endpoint = Endpoint)
    {
        world.Time.Advance(TimeSpan.FromSeconds(1));
        (await world.Store.ClaimAsync(world.Term, [new(job.Id, fence, endpoint)], world.Now, None)).ShouldBe([job.Id]);
        return await world.StartAsync(job.Id, fence + 1);
    }
}

public sealed class SettlementOnPostgres(PostgresFixture world) : SettlementTests<PostgresFixture>(world);

public sealed class SettlementOnSqlite(SqliteFixture world) : SettlementTests<SqliteFixture>(world);
