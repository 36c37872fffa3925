using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Jobs;

/// <summary>Cancels a job and tells those whom it concerns: its worker where it runs, its readers and the scheduler where it ended at once.</summary>
internal sealed partial class JobCanceller(IJobStore store, IHintSender hints, TimeProvider time, ILogger<JobCanceller> logger)
{
    private static readonly TimeSpan AbandonedTimeout = TimeSpan.FromSeconds(10);

    /// <summary>False: no such job for this tenant.</summary>
    public async Task<bool> CancelAsync(int tenantId, JobId id, CancellationToken cancellationToken)
    {
        var outcome = await store.CancelAsync(tenantId, id, time.GetUtcNow(), cancellationToken);
        if (outcome.Ended)
        {
            if (outcome.Endpoint is { } endpoint)
            {
                await ReleaseAsync(tenantId, id, endpoint, cancellationToken);
            }

            hints.JobEnded(id.Value);
        }
        else if (outcome.Found && !outcome.State.IsTerminal())
        {
            hints.CancelRequested(id.Value);
        }

        return outcome.Found;
    }

    /// <summary>No worker will ever start it, so nobody else would give its reservation back. The scheduler knows an attempt by its fence.</summary>
    private async Task ReleaseAsync(int tenantId, JobId id, string endpoint, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(tenantId, id, cancellationToken) is { } details)
        {
            hints.AttemptEnded(
                new AttemptEnded
                {
                    JobId = id.Value,
                    // The cancel has moved the fence on by one, so that the attempt cannot start.
                    Fence = details.Job.Fence - 1,
                    Endpoint = endpoint,
                    Failure = (short)FailureClass.HandedBack,
                }
            );
        }
    }

    /// <summary>Cancels a job whose caller has gone. There is nobody to tell that it failed: the job then runs to its end.</summary>
    public async Task CancelAbandonedAsync(int tenantId, JobId id)
    {
        try
        {
            using var limit = new CancellationTokenSource(AbandonedTimeout, time);
            await CancelAsync(tenantId, id, limit.Token);
        }
        catch (Exception exception)
        {
            LogNotCancelled(exception, id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId}, whose caller has gone, could not be cancelled")]
    private partial void LogNotCancelled(Exception exception, JobId jobId);
}
