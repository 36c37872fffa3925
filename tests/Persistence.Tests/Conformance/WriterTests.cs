using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Sql;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using static InferenceBroker.Persistence.Tests.Conformance.StoreFixture;

namespace InferenceBroker.Persistence.Tests.Conformance;

/// <summary>The group-committed writer over a real database.</summary>
public abstract class WriterTests<TFixture>(TFixture world) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    [Fact]
    public async Task WholePath_ManyAtOnce_EveryJobCompletes()
    {
        var tenant = world.NextTenant();
        var jobs = Enumerable.Range(0, 500).Select(_ => world.NewJob(tenant)).ToArray();
        await Task.WhenAll(jobs.Select(job => world.Writer.InsertAsync(job, None)));
        var claims = jobs.Select(job => new Claim(job.Id, 0, Endpoint)).ToArray();
        (await world.Store.ClaimAsync(world.Term, claims, world.Now, None)).Count.ShouldBe(500);
        await Task.WhenAll(jobs.Select(RunAsync));

        var found = await Task.WhenAll(jobs.Select(job => world.Writer.FindAsync(job.Id, None)));
        found.ShouldAllBe(details => details!.Job.State == JobState.Completed && details.Result != null);
        (await world.Writer.FindAsync(JobId.Create(world.Time), None)).ShouldBeNull();
    }

    [Fact]
    public async Task FindStartedAsync_OnlyTheVeryStart_IsFound()
    {
        var job = await world.DispatchedAsync();
        var start = new AttemptStart(job.Id, 1, world.Worker, world.Now, world.Now.AddMinutes(1));
        await world.Store.StartAsync([start], None);
        var store = world.Services.GetRequiredService<IRetryAwareJobStore>();

        (await store.FindStartedAsync([start], None))[0].ShouldNotBeNull().Attempt.ShouldBe(1);
        (await store.FindStartedAsync([start with { WorkerId = Guid.CreateVersion7() }], None))[0].ShouldBeNull();
        (await store.FindStartedAsync([start with { Now = start.Now.AddMilliseconds(1) }], None))[0].ShouldBeNull();
    }

    private async Task RunAsync(NewJob job)
    {
        var start = new AttemptStart(job.Id, 1, world.Worker, world.Now, world.Now.AddMinutes(1));
        var started = (await world.Writer.StartAsync(start, None)).ShouldNotBeNull();
        (await world.Writer.AppendAsync(new ChunkAppend(job.Id, 1, 1, 3, ["{}"]), None)).ShouldBeTrue();
        var end = world.Ended(started) with { LastSequence = 3 };
        (await world.Writer.FinishAsync(end, None)).ShouldBe(FinishOutcome.Applied);
    }
}

public sealed class WriterOnPostgres(PostgresFixture world) : WriterTests<PostgresFixture>(world);

public sealed class WriterOnSqlite(SqliteFixture world) : WriterTests<SqliteFixture>(world);
