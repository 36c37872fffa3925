using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Scheduler.Recovery;

/// <summary>Fills a new leader's memory from the database: first what holds credit, then what waits.</summary>
internal sealed partial class MemoryRebuild(
    SchedulerMemory memory,
    IJobStore store,
    ITenantStore tenants,
    TimeProvider time,
    ILogger<MemoryRebuild> logger
)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        memory.RefreshCatalog(time.GetUtcNow());
        foreach (var tenant in await tenants.ListTenantsAsync(cancellationToken))
        {
            memory.Index.TenantOf(tenant.Id).Share.Weight = tenant.Weight;
        }

        memory.InFlight.Rebuild(await store.ReadInFlightAsync(cancellationToken));
        foreach (var count in await store.CountQueuedAsync(cancellationToken))
        {
            await ReadLaneAsync(count, cancellationToken);
        }

        LogRebuilt(logger, memory.Index.QueuedCount, memory.Index.InFlightCount, time.GetElapsedTime(started).TotalMilliseconds);
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
