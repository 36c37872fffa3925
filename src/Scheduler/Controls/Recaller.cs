using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Scheduler.Admission;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Controls;

/// <summary>Takes dispatched jobs back into the queue for the dispatch loop, which does not wait. What a worker has started stays where it is.</summary>
internal sealed partial class Recaller(IJobStore store, LeaderTerm term, DispatchInbox inbox, ILogger<Recaller> logger)
{
    private const int AtOnce = 500;

    public void Recall(IReadOnlyList<IndexedJob> jobs, CancellationToken cancellationToken)
    {
        foreach (var page in jobs.Select(job => (job.JobId, job.Fence)).Chunk(AtOnce))
        {
            _ = RecallAsync(page, cancellationToken);
        }
    }

    private async Task RecallAsync((Domain.Jobs.JobId Id, long Fence)[] jobs, CancellationToken cancellationToken)
    {
        try
        {
            var recalled = await store.RecallAsync(term, jobs, cancellationToken);
            await inbox.PostAsync(new JobsRecalled(recalled), cancellationToken);
            LogRecalled(logger, recalled.Count, jobs.Length);
        }
        catch (TermOverException over)
        {
            await inbox.PostAsync(over, cancellationToken);
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                LogNotRecalled(logger, exception, jobs.Length);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Recalled} of {Jobs} jobs were taken back from paused or draining endpoints")]
    private static partial void LogRecalled(ILogger logger, int recalled, int jobs);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Jobs} jobs could not be taken back from paused or draining endpoints; they run there"
    )]
    private static partial void LogNotRecalled(ILogger logger, Exception exception, int jobs);
}
