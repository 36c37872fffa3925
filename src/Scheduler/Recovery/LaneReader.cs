using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scheduler.Admission;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Recovery;

/// <summary>Reads pages of queued jobs for the dispatch loop, which does not wait.</summary>
internal sealed partial class LaneReader(IJobStore store, DispatchInbox inbox, ILogger<LaneReader> logger)
{
    /// <summary>Starts reading; the page comes into the inbox.</summary>
    public void Read(TenantLane lane, QueuePage page, CancellationToken cancellationToken) => _ = ReadAsync(lane, page, cancellationToken);

    private async Task ReadAsync(TenantLane lane, QueuePage page, CancellationToken cancellationToken)
    {
        IReadOnlyList<QueuedJob>? jobs = null;
        try
        {
            jobs = await store.ReadQueuedAsync(page, cancellationToken);
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                LogNotRead(logger, exception, page.TenantId, page.Lane.ToString());
            }
        }

        await inbox.PostAsync(new PageRead(lane, jobs), cancellationToken);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The queue of tenant {TenantId}, lane {Lane}, could not be read; the next sweep tries again"
    )]
    private static partial void LogNotRead(ILogger logger, Exception exception, int tenantId, string lane);
}
