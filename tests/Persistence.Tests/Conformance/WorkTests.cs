using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using Shouldly;
using Xunit;
using static InferenceBroker.Persistence.Tests.Conformance.StoreFixture;

namespace InferenceBroker.Persistence.Tests.Conformance;

public abstract class WorkTests<TFixture>(TFixture world) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    [Fact]
    public async Task StartAsync_Dispatched_ReturnsTheJobWithItsBody()
    {
        var (job, started) = await world.RunningAsync(job =>
            job with
            {
                Deadline = world.Now.AddHours(1),
                Streaming = true,
                Fallbacks = ["b"],
            }
        );
        (started.Id, started.TenantId, started.Fence).ShouldBe((job.Id, job.TenantId, 1));
        (started.Attempt, started.AttemptsSpent, started.LastSequence).ShouldBe((1, 0, 2));
        started.Body.ShouldBe(job.Body);
        started.Streaming.ShouldBeTrue();
        started.Deadline.ShouldBe(job.Deadline);
        started.Fallbacks.ShouldBe(["b"]);
        (await world.StoredAsync(job)).StartedAt.ShouldBe(started.StartedAt);
    }

    [Fact]
    public async Task StartAsync_Mixed_NullWhereItMayNotStart()
    {
        var (running, _) = await world.RunningAsync();
        var dispatched = await world.DispatchedAsync();
        var oldFence = await world.DispatchedAsync();
        var started = await world.Store.StartAsync(
            [Start(running.Id, 1), Start(oldFence.Id, 0), Start(dispatched.Id, 1), Start(JobId.Create(world.Time), 1)],
            None
        );
        started.Select(job => job?.Id).ShouldBe([null, null, dispatched.Id, null]);
    }

    [Fact]
    public async Task AppendAsync_Running_StoresChunksAndMovesTheSequence()
    {
        var (job, started) = await world.RunningAsync();
        (await world.Store.AppendAsync([Chunks(started, 3, "{\"a\":1}", "{\"a\":2}")], None)).ShouldBe([true]);
        (await world.Store.AppendAsync([Chunks(started, 5, "{\"a\":\"\\u0000\"}")], None)).ShouldBe([true]);
        var log = (await world.Store.ReadLogAsync(job.TenantId, job.Id, 0, None)).ShouldNotBeNull();
        log.Job.LastSequence.ShouldBe(5);
        log.Chunks.Select(chunk => (chunk.Attempt, chunk.FirstSequence, chunk.LastSequence)).ShouldBe([(1, 3, 4), (1, 5, 5)]);
        log.Chunks.SelectMany(chunk => chunk.Chunks).ShouldBe(["{\"a\":1}", "{\"a\":2}", "{\"a\":\"\\u0000\"}"]);
    }

    [Fact]
    public async Task AppendAsync_Repeated_IsTrueAndStoredOnce()
    {
        var (job, started) = await world.RunningAsync();
        var append = Chunks(started, 3, "1", "2");
        await world.Store.AppendAsync([append], None);
        (await world.Store.AppendAsync([append], None)).ShouldBe([true]);
        (await world.Store.ReadLogAsync(job.TenantId, job.Id, 0, None)).ShouldNotBeNull().Chunks.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AppendAsync_OldFenceOrNotRunning_IsFalse()
    {
        var (_, good) = await world.RunningAsync();
        var (_, oldFence) = await world.RunningAsync();
        var (_, ended) = await world.RunningAsync();
        await world.Store.FinishAsync([world.Ended(ended)], None);
        var appended = await world.Store.AppendAsync(
            [Chunks(oldFence, 3, "x") with { Fence = 0 }, Chunks(ended, 3, "x"), Chunks(good, 3, "x")],
            None
        );
        appended.ShouldBe([false, false, true]);
    }

    [Fact]
    public async Task ReadLogAsync_AfterASequence_LeavesOutWhatIsBefore()
    {
        var (job, started) = await world.RunningAsync();
        await world.Store.AppendAsync([Chunks(started, 3, "a", "b")], None);
        await world.Store.AppendAsync([Chunks(started, 5, "c", "d")], None);
        await world.Store.AppendAsync([Chunks(started, 7, "e")], None);
        var log = (await world.Store.ReadLogAsync(job.TenantId, job.Id, 5, None)).ShouldNotBeNull();
        log.Chunks.Select(chunk => chunk.FirstSequence).ShouldBe([5, 7]);
        var running = log.Attempts.ShouldHaveSingleItem();
        (running.Number, running.Outcome, running.StartedSequence, running.EndedSequence).ShouldBe((1, null, 2, null));
        (running.Endpoint, running.UpstreamModel).ShouldBe((Endpoint, "gpt-4o"));
        (await world.Store.ReadLogAsync(job.TenantId + 1, job.Id, 0, None)).ShouldBeNull();
    }

    private AttemptStart Start(JobId id, long fence) => new(id, fence, world.Worker, world.Now, world.Now.AddMinutes(1));

    private static ChunkAppend Chunks(StartedJob job, int first, params string[] chunks) =>
        new(job.Id, job.Fence, job.Attempt, first, chunks);
}

public sealed class WorkOnPostgres(PostgresFixture world) : WorkTests<PostgresFixture>(world);

public sealed class WorkOnSqlite(SqliteFixture world) : WorkTests<SqliteFixture>(world);
