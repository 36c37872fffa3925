using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>
/// Ends jobs that are too costly for their own limit, for the dispatch loop, which does not wait. One that could not be ended is still queued in
/// the database: the next reading of its queue finds it.
/// </summary>
internal sealed partial class Refuser(
    IJobStore store,
    LeaderTerm term,
    IHintSender hints,
    DispatchInbox inbox,
    TimeProvider time,
    ILogger<Refuser> logger
)
{
    /// <summary>Takes the jobs out of the list.</summary>
    public void Refuse(List<IndexedJob> jobs, CancellationToken cancellationToken)
    {
        if (jobs.Count > 0)
        {
            _ = RefuseAsync([.. jobs.Select(job => (job.JobId, job.Fence))], cancellationToken);
            jobs.Clear();
        }
    }

    private async Task RefuseAsync((Domain.Jobs.JobId Id, long Fence)[] jobs, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var refused in await store.RefuseCostlyAsync(term, jobs, time.GetUtcNow(), cancellationToken))
            {
                hints.JobEnded(refused.Id.Value);
            }
        }
        catch (TermOverException over)
        {
            await inbox.PostAsync(over, cancellationToken);
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                LogNotRefused(logger, exception, jobs.Length);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Jobs} jobs that exceed their max_cost could not be ended; they are looked at again"
    )]
    private static partial void LogNotRefused(ILogger logger, Exception exception, int jobs);
}
