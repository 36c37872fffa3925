using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using Shouldly;
using Xunit;
using static InferenceBroker.Persistence.Tests.Conformance.StoreFixture;

namespace InferenceBroker.Persistence.Tests.Conformance;

public abstract class OwnershipTests<TFixture>(TFixture world) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    [Fact]
    public async Task CancelAsync_Queued_EndsAtOnce()
    {
        var job = await world.QueuedAsync();
        (await CancelAsync(job)).ShouldBe(new CancelOutcome(Found: true, JobState.Cancelled, Ended: true, Endpoint: null));
        var stored = await world.StoredAsync(job);
        (stored.State, stored.Fence, stored.LastSequence, stored.EndedAt).ShouldBe((JobState.Cancelled, 1, 2, world.Now));
        (await world.Store.ClaimAsync(world.Term, [new(job.Id, 0, Endpoint)], world.Now, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task CancelAsync_Dispatched_EndsAtOnceAndNamesTheEndpoint()
    {
        var job = await world.DispatchedAsync();
        (await CancelAsync(job)).ShouldBe(new CancelOutcome(Found: true, JobState.Cancelled, Ended: true, Endpoint));
        (await world.Store.StartAsync([new(job.Id, 1, world.Worker, world.Now, world.Now)], None))[0].ShouldBeNull();
    }

    [Fact]
    public async Task CancelAsync_Running_MarksItForItsWorker()
    {
        var (job, started) = await world.RunningAsync();
        (await CancelAsync(job)).ShouldBe(new CancelOutcome(Found: true, JobState.Running, Ended: false, Endpoint: null));
        var asked = (await world.StoredAsync(job)).CancelRequestedAt.ShouldNotBeNull();
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await CancelAsync(job);
        (await world.StoredAsync(job)).CancelRequestedAt.ShouldBe(asked);
        (await world.Workers.BeatAsync(world.Worker, "w", world.Now, None)).ShouldContain(job.Id);
        (await world.Workers.BeatAsync(Guid.CreateVersion7(), "other", world.Now, None)).ShouldBeEmpty();

        await world.Store.FinishAsync([world.Ended(started, JobState.Cancelled) with { Outcome = AttemptOutcome.Cancelled }], None);
        (await world.StoredAsync(job)).State.ShouldBe(JobState.Cancelled);
        (await world.Workers.BeatAsync(world.Worker, "w", world.Now, None)).ShouldNotContain(job.Id);
    }

    [Fact]
    public async Task CancelAsync_Ended_ChangesNothing()
    {
        var (job, started) = await world.RunningAsync();
        await world.Store.FinishAsync([world.Ended(started)], None);
        (await CancelAsync(job)).ShouldBe(new CancelOutcome(Found: true, JobState.Completed, Ended: false, Endpoint: null));
        (await world.StoredAsync(job)).CancelRequestedAt.ShouldBeNull();
    }

    [Fact]
    public async Task AnotherTenant_SeesAndChangesNothing()
    {
        var job = await world.QueuedAsync();
        var other = job with { TenantId = world.NextTenant() };
        (await CancelAsync(other)).Found.ShouldBeFalse();
        (await world.Store.FindAsync(other.TenantId, job.Id, None)).ShouldBeNull();
        (await world.Store.DeleteAsync(other.TenantId, job.Id, None)).ShouldBeFalse();
        (await world.Store.ListAsync(Filter(other.TenantId), None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task DeleteAsync_OnlyWhenEnded_RemovesEverything()
    {
        var (job, started) = await world.RunningAsync();
        (await world.Store.DeleteAsync(job.TenantId, job.Id, None)).ShouldBeFalse();
        await world.Store.AppendAsync([new(job.Id, 1, 1, 3, ["x"])], None);
        await world.Store.FinishAsync([world.Ended(started)], None);
        (await world.Store.DeleteAsync(job.TenantId, job.Id, None)).ShouldBeTrue();
        (await world.Store.DeleteAsync(job.TenantId, job.Id, None)).ShouldBeFalse();
        (await world.Store.FindAsync(job.TenantId, job.Id, None)).ShouldBeNull();
        (await world.Store.ReadLogAsync(job.TenantId, job.Id, 0, None)).ShouldBeNull();
        (await world.Store.FinishAsync([world.Ended(started)], None)).ShouldBe([FinishOutcome.Superseded]);
    }

    [Fact]
    public async Task ListAsync_Pages_NewestFirst()
    {
        var tenant = world.NextTenant();
        var jobs = Enumerable.Range(0, 5).Select(_ => world.NewJob(tenant)).ToArray();
        await world.Store.InsertAsync(jobs, None);
        var first = await world.Store.ListAsync(Filter(tenant) with { Limit = 3 }, None);
        var second = await world.Store.ListAsync(Filter(tenant) with { Limit = 3, After = first[^1].Id }, None);
        first.Concat(second).Select(job => job.Id).ShouldBe(jobs.Reverse().Select(job => job.Id));
    }

    [Fact]
    public async Task ListAsync_EachFilter_Selects()
    {
        var tenant = world.NextTenant();
        var plain = world.NewJob(tenant);
        var model = world.NewJob(tenant) with { Model = "other" };
        var batch = world.NewJob(tenant) with { BatchId = "batch_9" };
        var tagged = world.NewJob(tenant) with { Metadata = """{"task":"a-b","bad":"\ud800\u0000"}""" };
        var similar = world.NewJob(tenant) with { Metadata = """{"other":"a-b","task":"c"}""" };
        await world.Store.InsertAsync([plain, model, batch, tagged, similar], None);
        await CancelAsync(plain);

        (await IdsAsync(Filter(tenant) with { States = [JobState.Cancelled, JobState.Failed] })).ShouldBe([plain.Id]);
        (await IdsAsync(Filter(tenant) with { Model = "other" })).ShouldBe([model.Id]);
        (await IdsAsync(Filter(tenant) with { BatchId = "batch_9" })).ShouldBe([batch.Id]);
        (await IdsAsync(Filter(tenant) with { Metadata = new Dictionary<string, string> { ["task"] = "a-b" } })).ShouldBe([tagged.Id]);
    }

    [Fact]
    public async Task CountAheadAsync_OlderQueuedOfSameTenantAndLane_AreCounted()
    {
        var tenant = world.NextTenant();
        var jobs = Enumerable.Range(0, 4).Select(_ => world.NewJob(tenant)).ToArray();
        jobs[1] = jobs[1] with { Lane = Lane.Idle };
        await world.Store.InsertAsync(jobs, None);
        await CancelAsync(jobs[0]);
        (await world.Store.CountAheadAsync(await world.StoredAsync(jobs[3]), None)).ShouldBe(1);
    }

    [Fact]
    public async Task ReadEndedOfBatchAsync_Pages_EndedJobsOfTheBatchOnly()
    {
        var tenant = world.NextTenant();
        var jobs = Enumerable.Range(0, 4).Select(_ => world.NewJob(tenant) with { BatchId = "batch_x" }).ToArray();
        await world.Store.InsertAsync([.. jobs, world.NewJob(tenant)], None);
        foreach (var job in jobs[..3])
        {
            await CancelAsync(job);
        }

        var first = await world.Store.ReadEndedOfBatchAsync(tenant, "batch_x", after: null, 2, None);
        var second = await world.Store.ReadEndedOfBatchAsync(tenant, "batch_x", first[^1].Job.Id, 2, None);
        first.Concat(second).Select(details => details.Job.Id).ShouldBe(jobs[..3].Select(job => job.Id));
        (await world.Store.ReadEndedOfBatchAsync(tenant + 1, "batch_x", after: null, 2, None)).ShouldBeEmpty();
    }

    private async Task<JobId[]> IdsAsync(JobFilter filter) => [.. (await world.Store.ListAsync(filter, None)).Select(job => job.Id)];

    private Task<CancelOutcome> CancelAsync(NewJob job) => world.Store.CancelAsync(job.TenantId, job.Id, world.Now, None);

    private static JobFilter Filter(int tenant) => new(tenant, [], Model: null, BatchId: null, NoMetadata, After: null, 100);
}

public sealed class OwnershipOnPostgres(PostgresFixture world) : OwnershipTests<PostgresFixture>(world);

public sealed class OwnershipOnSqlite(SqliteFixture world) : OwnershipTests<SqliteFixture>(world);
