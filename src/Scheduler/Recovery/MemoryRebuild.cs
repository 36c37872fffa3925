using InferenceBroker.Domain.Budgets;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Scheduler.Recovery;

/// <summary>Fills a new leader's memory from the database: first what holds credit, then what waits.</summary>
internal sealed partial class MemoryRebuild(
    SchedulerMemory memory,
    IJobStore store,
    ITenantStore tenants,
    IPlacementStore placement,
    TimeProvider time,
    ILogger<MemoryRebuild> logger
)
{
    // A minute, and a margin for clocks and calls that began before.
    private static readonly TimeSpan BudgetMemory = TimeSpan.FromSeconds(75);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        memory.RefreshCatalog(time.GetUtcNow());
        foreach (var tenant in await tenants.ListTenantsAsync(cancellationToken))
        {
            memory.Index.TenantOf(tenant.Id).Weight = tenant.Weight;
        }

        await RestorePlacementAsync(cancellationToken);

        memory.InFlight.Rebuild(await store.ReadInFlightAsync(cancellationToken), time.GetUtcNow());
        foreach (var count in await store.CountQueuedAsync(cancellationToken))
        {
            await ReadLaneAsync(count, cancellationToken);
        }

        LogRebuilt(logger, memory.Index.QueuedCount, memory.Index.InFlightCount, time.GetElapsedTime(started).TotalMilliseconds);
    }

    private async Task RestorePlacementAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        memory.Controls.Restore(await placement.ReadControlsAsync(cancellationToken));
        memory.Snapshots.Restore(await placement.ReadHealthAsync(cancellationToken), now);
        if (memory.Accounts.Apply(await placement.ReadLimitsAsync(cancellationToken), now))
        {
            memory.Index.ApplyAccounts();
        }

        var month = new DateOnly(now.Year, now.Month, 1);
        memory.Accounts.Restore(await placement.ReadSpendAsync(month, cancellationToken), now);
        foreach (var use in await placement.ReadRecentUseAsync(now - BudgetMemory, cancellationToken))
        {
            Replay(use, now);
        }
    }

    private void Replay(RecentUse use, DateTimeOffset now)
    {
        var endpoint = memory.Credits.Endpoint(use.Endpoint);
        var call = new Spend((int)(use.InputTokens / use.Calls), (int)(use.OutputTokens / use.Calls));

        // Anywhere in that second: taken for its end, or the call would leave the window before it leaves the provider's.
        var startedAt = use.Second.AddSeconds(1) < now ? use.Second.AddSeconds(1) : now;
        for (var i = 0; i < use.Calls; i++)
        {
            endpoint.Key.Budget.Replay(call, startedAt, now);
            memory.Accounts.Replay(use, call, startedAt, now);
        }
    }

    private async Task ReadLaneAsync(QueueCount count, CancellationToken cancellationToken)
    {
        var lane = memory.Index.TenantOf(count.TenantId).LaneOf(count.Lane);
        QueuePage? next = memory.Reading.Begin(lane);
        while (next is { } page)
        {
            var jobs = await store.ReadQueuedAsync(page, cancellationToken);
            next = memory.Reading.Continue(lane, jobs, time.GetUtcNow());
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Index rebuilt: {Queued} queued jobs, {InFlight} in flight, in {Milliseconds} ms"
    )]
    private static partial void LogRebuilt(ILogger logger, int queued, int inFlight, double milliseconds);
}
