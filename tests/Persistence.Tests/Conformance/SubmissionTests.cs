using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using Shouldly;
using Xunit;
using static InferenceBroker.Persistence.Tests.Conformance.StoreFixture;

namespace InferenceBroker.Persistence.Tests.Conformance;

public abstract class SubmissionTests<TFixture>(TFixture world) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private static readonly byte[] Hash = [1, 2, 3];

    [Fact]
    public async Task InsertAsync_AllProperties_ReadBack()
    {
        var job = await world.QueuedAsync(job =>
            job with
            {
                Priority = 8,
                Lane = Lane.Interactive,
                Streaming = true,
                NotBefore = world.Now.AddSeconds(5),
                Deadline = world.Now.AddHours(1),
                EstimatedInputTokens = 11,
                EstimatedOutputTokens = 22,
                Replay = ReplayPolicy.IfNoOutput,
                MaxCostNanoUsd = 1_000_000,
                Fallbacks = ["model-b", "model-c"],
                Metadata = """{"task":"classification"}""",
                Options = """{"affinity":"x"}""",
                BatchId = "batch_1",
                CustomId = "line-1",
            }
        );

        var stored = await world.StoredAsync(job);
        stored.State.ShouldBe(JobState.Queued);
        stored.LastSequence.ShouldBe(1);
        stored.CreatedAt.ShouldBe(job.CreatedAt);
        stored.NotBefore.ShouldBe(job.NotBefore);
        stored.Deadline.ShouldBe(job.Deadline);
        stored.Lane.ShouldBe(Lane.Interactive);
        stored.Priority.ShouldBe((short)8);
        stored.Streaming.ShouldBeTrue();
        stored.Metadata.ShouldBe(job.Metadata);
        stored.BatchId.ShouldBe("batch_1");
        stored.CustomId.ShouldBe("line-1");
        var queued = (await world.Store.ReadQueuedByIdAsync([job.Id], None))[0];
        queued.EstimatedInputTokens.ShouldBe(11);
        queued.EstimatedOutputTokens.ShouldBe(22);
        queued.Fallbacks.ShouldBe(["model-b", "model-c"]);
        queued.Tried.ShouldBeEmpty();
        queued.Fence.ShouldBe(0);
    }

    [Fact]
    public async Task InsertAsync_BodyOfAnyBytes_ComesBackUntouched()
    {
        byte[] body = [0, 0xFF, 0xC3, 0x28, (byte)'{', 0, (byte)'}'];
        var (_, started) = await world.RunningAsync(job => job with { Body = body });
        started.Body.ShouldBe(body);
    }

    [Fact]
    public async Task InsertAsync_TextsWithNulAndHalfSurrogates_DoNotBreakTheStore()
    {
        var job = await world.QueuedAsync(job => job with { Model = "a\0b\uD800c", CustomId = "\0", Fallbacks = ["x\ny"] });
        (await world.StoredAsync(job)).Model.ShouldBe("a\uFFFDb\uFFFDc");
        (await world.Store.ReadQueuedByIdAsync([job.Id], None))[0].Fallbacks.ShouldBe(["x y"]);
    }

    [Fact]
    public async Task InsertAsync_Repeated_KeepsTheFirst()
    {
        var job = await world.QueuedAsync();
        await world.Store.InsertAsync([job], None);
        (await world.Store.FindManyAsync([job.Id], None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task InsertAsync_Many_AllAreQueued()
    {
        var tenant = world.NextTenant();
        var jobs = Enumerable.Range(0, 300).Select(_ => world.NewJob(tenant)).ToArray();
        await world.Store.InsertAsync(jobs, None);
        var counts = await world.Store.CountQueuedAsync(None);
        counts.ShouldContain(new QueueCount(tenant, Lane.Standard, 300));
    }

    [Fact]
    public async Task InsertOnceAsync_TwentyAtOnce_MakeOneJob()
    {
        var tenant = world.NextTenant();
        var jobs = Enumerable.Range(0, 20).Select(_ => world.NewJob(tenant)).ToArray();
        var outcomes = await Task.WhenAll(
            jobs.Select(job => Task.Run(() => world.Store.InsertOnceAsync(job, new IdempotencyKey("key", Hash), None)))
        );

        outcomes.Count(outcome => outcome.Kind == SubmitOutcomeKind.Created).ShouldBe(1);
        outcomes.Count(outcome => outcome.Kind == SubmitOutcomeKind.Repeated).ShouldBe(19);
        outcomes.Select(outcome => outcome.JobId).Distinct().Count().ShouldBe(1);
        (await world.Store.FindManyAsync([.. jobs.Select(job => job.Id)], None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task InsertOnceAsync_SameKeyOtherRequest_Conflicts()
    {
        var tenant = world.NextTenant();
        var first = await world.Store.InsertOnceAsync(world.NewJob(tenant), new IdempotencyKey("key", Hash), None);
        var second = await world.Store.InsertOnceAsync(world.NewJob(tenant), new IdempotencyKey("key", [9]), None);
        second.ShouldBe(new SubmitOutcome(SubmitOutcomeKind.Conflict, first.JobId));
    }

    [Fact]
    public async Task InsertOnceAsync_SameKeyOfAnotherTenant_MakesAnotherJob()
    {
        var first = await world.Store.InsertOnceAsync(world.NewJob(), new IdempotencyKey("shared", Hash), None);
        var second = await world.Store.InsertOnceAsync(world.NewJob(), new IdempotencyKey("shared", Hash), None);
        (first.Kind, second.Kind).ShouldBe((SubmitOutcomeKind.Created, SubmitOutcomeKind.Created));
    }

    [Fact]
    public async Task InsertOnceAsync_SameJobAgain_IsStillCreated()
    {
        var job = world.NewJob();
        var key = new IdempotencyKey("again", Hash);
        await world.Store.InsertOnceAsync(job, key, None);
        (await world.Store.InsertOnceAsync(job, key, None)).Kind.ShouldBe(SubmitOutcomeKind.Created);
    }

    [Fact]
    public async Task InsertManyOnceAsync_SomeKeysUsed_StoresOnlyTheNew()
    {
        var tenant = world.NextTenant();
        var old = world.NewJob(tenant);
        await world.Store.InsertOnceAsync(old, new IdempotencyKey("b", Hash), None);
        NewJob[] jobs = [world.NewJob(tenant), world.NewJob(tenant), world.NewJob(tenant)];

        var outcomes = await world.Store.InsertManyOnceAsync(jobs, [new("c", Hash), new("b", Hash), new("a", Hash)], None);

        outcomes[0].ShouldBe(new SubmitOutcome(SubmitOutcomeKind.Created, jobs[0].Id));
        outcomes[1].ShouldBe(new SubmitOutcome(SubmitOutcomeKind.Repeated, old.Id));
        outcomes[2].ShouldBe(new SubmitOutcome(SubmitOutcomeKind.Created, jobs[2].Id));
        (await world.Store.FindManyAsync([jobs[1].Id], None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task PurgeIdempotencyKeysAsync_OldKeys_FreesThem()
    {
        var tenant = world.NextTenant();
        var key = new IdempotencyKey("old", Hash);
        await world.Store.InsertOnceAsync(world.NewJob(tenant), key, None);
        (await world.Store.PurgeIdempotencyKeysAsync(world.Now.AddHours(-1), 100, None)).ShouldBe(0);
        (await world.Store.PurgeIdempotencyKeysAsync(world.Now.AddHours(1), 100, None)).ShouldBeGreaterThan(0);
        (await world.Store.InsertOnceAsync(world.NewJob(tenant), key, None)).Kind.ShouldBe(SubmitOutcomeKind.Created);
    }
}

public sealed class SubmissionOnPostgres(PostgresFixture world) : SubmissionTests<PostgresFixture>(world);

public sealed class SubmissionOnSqlite(SqliteFixture world) : SubmissionTests<SqliteFixture>(world);
