using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using Shouldly;
using Xunit;
using static InferenceBroker.Persistence.Tests.Conformance.StoreFixture;

namespace InferenceBroker.Persistence.Tests.Conformance;

public abstract class RecoveryTests<TFixture>(TFixture world) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private const int MaxAttempts = 2;

    private readonly Guid _lostWorker = Guid.CreateVersion7();

    [Fact]
    public async Task RecoverAsync_WorkerNotRegistered_RequeuesWithoutCostingAnAttempt()
    {
        var (job, _) = await world.RunningAsync(worker: _lostWorker);
        var swept = await RecoverAsync(job);
        (swept.State, swept.Endpoint).ShouldBe((JobState.Queued, Endpoint));
        var requeued = swept.Requeued.ShouldNotBeNull();
        (requeued.Id, requeued.Fence, requeued.AttemptsSpent, requeued.Model).ShouldBe((job.Id, 2, 0, "gpt-4o"));
        requeued.Tried.ShouldBeEmpty();
        var details = await world.DetailsAsync(job);
        (details.Job.State, details.Job.LastSequence).ShouldBe((JobState.Queued, 3));
        var attempt = details.Attempts.ShouldHaveSingleItem();
        (attempt.Outcome, attempt.Failure, attempt.EndedSequence).ShouldBe((AttemptOutcome.Failed, FailureClass.WorkerLost, 3));
        attempt.UpstreamModel.ShouldBe("gpt-4o");
    }

    [Fact]
    public async Task RecoverAsync_WorkerSeenLately_LeavesItsJobs()
    {
        var (job, _) = await world.RunningAsync();
        await world.Workers.BeatAsync(world.Worker, "w", world.Now, None);
        (await SweepAsync(world.Now.AddSeconds(-1))).ShouldNotContain(swept => swept.Id == job.Id);
        (await world.StoredAsync(job)).State.ShouldBe(JobState.Running);
    }

    [Fact]
    public async Task RecoverAsync_WorkerSilentTooLong_Requeues()
    {
        var worker = Guid.CreateVersion7();
        await world.Workers.BeatAsync(worker, "w", world.Now.AddSeconds(-30), None);
        var (job, _) = await world.RunningAsync(worker: worker);
        (await RecoverAsync(job)).State.ShouldBe(JobState.Queued);
    }

    [Fact]
    public async Task RecoverAsync_WorkerRemoved_Requeues()
    {
        var worker = Guid.CreateVersion7();
        await world.Workers.BeatAsync(worker, "w", world.Now, None);
        var (job, _) = await world.RunningAsync(worker: worker);
        await world.Workers.RemoveAsync(worker, None);
        (await RecoverAsync(job)).State.ShouldBe(JobState.Queued);
    }

    [Fact]
    public async Task RecoverAsync_Overdue_CostsAnAttemptAndRemembersTheEndpoint()
    {
        var job = await OverdueAsync();
        var requeued = (await RecoverAsync(job)).Requeued.ShouldNotBeNull();
        requeued.AttemptsSpent.ShouldBe(1);
        requeued.Tried.ShouldBe([Endpoint]);
        (await world.DetailsAsync(job)).Attempts.ShouldHaveSingleItem().Failure.ShouldBe(FailureClass.Timeout);
    }

    [Fact]
    public async Task RecoverAsync_OverdueOnTheLastAttempt_Fails()
    {
        var job = await OverdueAsync();
        await RecoverAsync(job);
        await world.Store.ClaimAsync(world.Term, [new(job.Id, 2, Endpoint)], world.Now, None);
        await world.Store.StartAsync([new(job.Id, 3, world.Worker, world.Now, world.Now.AddSeconds(-1))], None);
        (await RecoverAsync(job)).ShouldBe(new SweptJob(job.Id, JobState.Failed, Endpoint, Requeued: null));
        var stored = await world.StoredAsync(job);
        stored.Error.ShouldNotBeNull().Code.ShouldBe("timeout");
        stored.LastSequence.ShouldBe(6);
    }

    [Theory]
    [InlineData(ReplayPolicy.Never, false, JobState.Failed)]
    [InlineData(ReplayPolicy.IfNoOutput, false, JobState.Queued)]
    [InlineData(ReplayPolicy.IfNoOutput, true, JobState.Failed)]
    [InlineData(ReplayPolicy.Always, true, JobState.Queued)]
    public async Task RecoverAsync_ReplayPolicy_Decides(ReplayPolicy replay, bool hasOutput, JobState expected)
    {
        var (job, started) = await world.RunningAsync(job => job with { Replay = replay }, _lostWorker);
        if (hasOutput)
        {
            await world.Store.AppendAsync([new(job.Id, 1, started.Attempt, 3, ["x"])], None);
        }

        (await RecoverAsync(job)).State.ShouldBe(expected);
    }

    [Fact]
    public async Task RecoverAsync_DeadlinePassed_Expires()
    {
        var (job, _) = await world.RunningAsync(job => job with { Deadline = world.Now }, _lostWorker);
        (await RecoverAsync(job)).ShouldBe(new SweptJob(job.Id, JobState.Expired, Endpoint, Requeued: null));
        (await world.StoredAsync(job)).LastSequence.ShouldBe(4);
    }

    [Fact]
    public async Task RecoverAsync_CancelAskedFor_Cancels()
    {
        var (job, _) = await world.RunningAsync(worker: _lostWorker);
        await world.Store.CancelAsync(job.TenantId, job.Id, world.Now, None);
        (await RecoverAsync(job)).State.ShouldBe(JobState.Cancelled);
        (await world.StoredAsync(job)).State.ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public async Task RecoverAsync_Limit_IsKept()
    {
        await world.RunningAsync(worker: _lostWorker);
        await world.RunningAsync(worker: _lostWorker);
        (await world.Store.RecoverAsync(world.Term, world.Now, world.Now, MaxAttempts, 1, None)).Count.ShouldBe(1);
    }

    private async Task<NewJob> OverdueAsync()
    {
        var job = await world.DispatchedAsync();
        await world.Store.StartAsync([new(job.Id, 1, world.Worker, world.Now, world.Now.AddSeconds(-1))], None);
        return job;
    }

    private async Task<SweptJob> RecoverAsync(NewJob job) =>
        (await SweepAsync(world.Now.AddSeconds(-10))).Single(swept => swept.Id == job.Id);

    private Task<IReadOnlyList<SweptJob>> SweepAsync(DateTimeOffset workerSeenBefore) =>
        world.Store.RecoverAsync(world.Term, world.Now, workerSeenBefore, MaxAttempts, 1000, None);
}

public sealed class RecoveryOnPostgres(PostgresFixture world) : RecoveryTests<PostgresFixture>(world);

public sealed class RecoveryOnSqlite(SqliteFixture world) : RecoveryTests<SqliteFixture>(world);
