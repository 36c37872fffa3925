using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Model;
using InferenceBroker.Persistence.Startup;
using InferenceBroker.Persistence.Tests.Conformance;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace InferenceBroker.Persistence.Tests.Startup;

/// <summary>A database of an earlier version keeps its jobs.</summary>
public abstract class UpgradeTests<TFixture>(TFixture world) : IClassFixture<TFixture>
    where TFixture : StoreFixture
{
    private static readonly Guid Queued = Guid.Parse("0199a000-0000-7000-8000-000000000001");
    private static readonly Guid CancelledAfterDispatch = Guid.Parse("0199a000-0000-7000-8000-000000000002");

    [Fact]
    public async Task InitializeAsync_OnTheFirstVersion_KeepsItsJobs()
    {
        await using var services = world.BuildProvider(await world.CreateOptionsAsync(), TimeProvider.System);
        await using (var context = services.GetRequiredService<IBrokerContextFactory>().Create())
        {
            await context.GetService<IMigrator>().MigrateAsync("Initial");
            await InsertAsync(context, Queued, state: 0, dispatchedAt: null, endedAt: null);
            await InsertAsync(context, CancelledAfterDispatch, state: 5, At(context), At(context));
        }

        await services.GetRequiredService<IDatabaseInitializer>().InitializeAsync(CancellationToken.None);

        var store = services.GetRequiredService<IJobStore>();
        var found = (await store.FindAsync(7, new JobId(Queued), CancellationToken.None)).ShouldNotBeNull().Job;
        found.BatchId.ShouldBe("batch-1");
        found.CustomId.ShouldBe("line-1");
        found.Metadata.ShouldBe("{}");
        (await store.ListAsync(new JobFilter(7, [], null, "batch-1", new Dictionary<string, string>(), null, 10), CancellationToken.None))
            .Select(job => job.Id.Value)
            .ShouldBe([CancelledAfterDispatch, Queued]);
        (await store.CountQueuedAsync(CancellationToken.None)).ShouldHaveSingleItem().Jobs.ShouldBe(1);
        (await store.ReadInFlightAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    private static object At(BrokerContext context) =>
        context.Database.IsNpgsql() ? DateTimeOffset.UnixEpoch : DateTimeOffset.UnixEpoch.ToUnixTimeMilliseconds();

    private static async Task InsertAsync(BrokerContext context, Guid id, int state, object? dispatchedAt, object? endedAt)
    {
        object key = context.Database.IsNpgsql() ? id : id.ToByteArray(bigEndian: true);
        await context.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO jobs (id, tenant_id, api_key_id, state, fence, attempt, attempts_spent, last_seq, started_seq, cost, operation, model,
                streaming, priority, lane, created_at, estimated_input_tokens, estimated_output_tokens, replay, batch_id, custom_id, metadata,
                dispatched_at, ended_at)
            VALUES ({0}, 7, 1, {1}, 0, 0, 0, 1, 0, 0, 0, 'm', false, 2, 1, {2}, 1, 1, 0, 'batch-1', 'line-1', '{{}}', {3}, {4})
            """,
            key,
            (short)state,
            At(context),
            dispatchedAt!,
            endedAt!
        );
        await context.Database.ExecuteSqlRawAsync("INSERT INTO job_payloads (job_id, body) VALUES ({0}, {1})", key, "{}"u8.ToArray());
    }
}

public sealed class UpgradeOnPostgres(PostgresFixture world) : UpgradeTests<PostgresFixture>(world);

public sealed class UpgradeOnSqlite(SqliteFixture world) : UpgradeTests<SqliteFixture>(world);
