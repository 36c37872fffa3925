using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using Shouldly;
using Xunit;
using static InferenceBroker.Persistence.Tests.Conformance.StoreFixture;

namespace InferenceBroker.Persistence.Tests.Conformance;

public abstract class SchedulingTests<TFixture>(TFixture world) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private readonly LeaderTerm _oldTerm = world.Term with { Term = world.Term.Term - 1 };

    [Fact]
    public async Task ClaimAsync_QueuedWithItsFence_MovesAndGrowsTheFence()
    {
        var job = await world.DispatchedAsync();
        var stored = await world.StoredAsync(job);
        (stored.State, stored.Fence, stored.Endpoint).ShouldBe((JobState.Dispatched, 1, Endpoint));
    }

    [Fact]
    public async Task ClaimAsync_SomeMoved_ReturnsOnlyThose()
    {
        var fresh = await world.QueuedAsync();
        var otherFence = await world.QueuedAsync();
        var dispatched = await world.DispatchedAsync();
        Claim[] claims = [new(dispatched.Id, 0, Endpoint), new(otherFence.Id, 5, Endpoint), new(fresh.Id, 0, Endpoint)];
        (await world.Store.ClaimAsync(world.Term, claims, world.Now, None)).ShouldBe([fresh.Id]);
    }

    [Fact]
    public async Task ClaimAsync_NothingToMove_ReturnsNothing()
    {
        (await world.Store.ClaimAsync(world.Term, [], world.Now, None)).ShouldBeEmpty();
        (await world.Store.ClaimAsync(world.Term, [new(JobId.Create(world.Time), 0, Endpoint)], world.Now, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task EveryWriteOfALeader_TermOver_ThrowsAndWritesNothing()
    {
        var queued = await world.QueuedAsync(job => job with { Deadline = world.Now });
        var dispatched = await world.DispatchedAsync();
        var store = world.Store;
        await Should.ThrowAsync<TermOverException>(() => store.ClaimAsync(_oldTerm, [new(queued.Id, 0, Endpoint)], world.Now, None));
        await Should.ThrowAsync<TermOverException>(() => store.RecallAsync(_oldTerm, [(dispatched.Id, 1)], None));
        await Should.ThrowAsync<TermOverException>(() => store.ExpireAsync(_oldTerm, world.Now.AddDays(1), 10, None));
        await Should.ThrowAsync<TermOverException>(() => store.RecoverAsync(_oldTerm, world.Now, world.Now, 4, 10, None));
        (await world.StoredAsync(queued)).State.ShouldBe(JobState.Queued);
        (await world.StoredAsync(dispatched)).State.ShouldBe(JobState.Dispatched);
    }

    [Fact]
    public async Task RecallAsync_Dispatched_ReturnsItQueuedWithANewFence()
    {
        var job = await world.DispatchedAsync(job => job with { Lane = Lane.Batch });
        (await world.Store.RecallAsync(world.Term, [(job.Id, 7)], None)).ShouldBeEmpty();
        var recalled = (await world.Store.RecallAsync(world.Term, [(job.Id, 1)], None)).ShouldHaveSingleItem();
        (recalled.Id, recalled.Fence, recalled.Lane, recalled.CreatedAt).ShouldBe((job.Id, 2, Lane.Batch, job.CreatedAt));
        (await world.StoredAsync(job)).Endpoint.ShouldBeNull();
    }

    [Fact]
    public async Task HandBackAsync_OnlyWithTheFence_Requeues()
    {
        var job = await world.DispatchedAsync();
        (await world.Store.HandBackAsync(job.Id, 0, None)).ShouldBeFalse();
        (await world.Store.HandBackAsync(job.Id, 1, None)).ShouldBeTrue();
        (await world.Store.HandBackAsync(job.Id, 1, None)).ShouldBeFalse();
        var stored = await world.StoredAsync(job);
        (stored.State, stored.Fence, stored.AttemptsSpent).ShouldBe((JobState.Queued, 2, 0));
    }

    [Fact]
    public async Task ReadQueuedAsync_Pages_InOrderOfId()
    {
        var tenant = world.NextTenant();
        var jobs = Enumerable.Range(0, 5).Select(_ => world.NewJob(tenant)).ToArray();
        await world.Store.InsertAsync([.. jobs.Reverse()], None);
        await world.Store.InsertAsync([world.NewJob(tenant) with { Lane = Lane.Idle }], None);

        var first = await world.Store.ReadQueuedAsync(new QueuePage(tenant, Lane.Standard, After: null, 3), None);
        var second = await world.Store.ReadQueuedAsync(new QueuePage(tenant, Lane.Standard, first[^1].Id, 3), None);

        first.Concat(second).Select(job => job.Id).ShouldBe(jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task ReadInFlightAsync_DispatchedAndRunning_OnlyThose()
    {
        var queued = await world.QueuedAsync();
        var dispatched = await world.DispatchedAsync(job => job with { EstimatedInputTokens = 3, EstimatedOutputTokens = 4 });
        var (running, _) = await world.RunningAsync();
        var inFlight = await world.Store.ReadInFlightAsync(None);
        inFlight.ShouldNotContain(job => job.Id == queued.Id);
        inFlight.Single(job => job.Id == running.Id).State.ShouldBe(JobState.Running);
        var row = inFlight.Single(job => job.Id == dispatched.Id);
        (row.Fence, row.Endpoint, row.EstimatedInputTokens, row.EstimatedOutputTokens).ShouldBe((1, Endpoint, 3, 4));
    }

    [Fact]
    public async Task ReadQueuedByIdAsync_Mixed_OnlyQueued()
    {
        var queued = await world.QueuedAsync();
        var dispatched = await world.DispatchedAsync();
        var read = await world.Store.ReadQueuedByIdAsync([dispatched.Id, queued.Id, JobId.Create(world.Time)], None);
        read.ShouldHaveSingleItem().Id.ShouldBe(queued.Id);
        (await world.Store.ReadQueuedByIdAsync([], None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ExpireAsync_DeadlinePassed_EndsQueuedAndDispatchedButNotRunning()
    {
        var deadline = world.Now.AddMinutes(1);
        var queued = await world.QueuedAsync(job => job with { Deadline = deadline });
        var dispatched = await world.DispatchedAsync(job => job with { Deadline = deadline });
        var (running, _) = await world.RunningAsync(job => job with { Deadline = deadline });
        var later = await world.QueuedAsync(job => job with { Deadline = deadline.AddHours(9) });

        (await world.Store.ExpireAsync(world.Term, deadline.AddSeconds(-1), 100, None)).ShouldNotContain(job => job.Id == queued.Id);
        var expired = await world.Store.ExpireAsync(world.Term, deadline, 100, None);

        expired.ShouldContain(new SweptJob(queued.Id, JobState.Expired, Endpoint: null, Requeued: null));
        expired.ShouldContain(new SweptJob(dispatched.Id, JobState.Expired, Endpoint, Requeued: null));
        expired.ShouldNotContain(job => job.Id == running.Id || job.Id == later.Id);
        var stored = await world.StoredAsync(dispatched);
        (stored.State, stored.LastSequence, stored.EndedAt).ShouldBe((JobState.Expired, 2, deadline));
        stored.Error.ShouldNotBeNull().Code.ShouldBe("job_expired");
        (await world.Store.StartAsync([new(dispatched.Id, 1, world.Worker, world.Now, world.Now)], None))[0].ShouldBeNull();
    }

    [Fact]
    public async Task ExpireAsync_Limit_IsKept()
    {
        var deadline = world.Now.AddMinutes(-5);
        await world.QueuedAsync(job => job with { Deadline = deadline });
        await world.QueuedAsync(job => job with { Deadline = deadline });
        (await world.Store.ExpireAsync(world.Term, world.Now, 1, None)).Count.ShouldBe(1);
    }
}

public sealed class SchedulingOnPostgres(PostgresFixture world) : SchedulingTests<PostgresFixture>(world);

public sealed class SchedulingOnSqlite(SqliteFixture world) : SchedulingTests<SqliteFixture>(world);
