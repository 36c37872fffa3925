using InferenceBroker.Api.Explain;
using InferenceBroker.Api.Relay;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Jobs;

/// <summary>Reads one job for its owner, with its place in the queue, and waits for its end where asked to.</summary>
internal sealed class JobReader(
    IJobStore store,
    JobListeners listeners,
    JobWaiter waiter,
    AttemptModels models,
    CompletionRate rate,
    LeaderQuestions leader
)
{
    /// <summary>Null: no such job for this tenant.</summary>
    public async Task<JobView?> FindAsync(int tenantId, JobId id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(tenantId, id, cancellationToken) is not { } details)
        {
            return null;
        }

        if (details.Job.State != JobState.Queued)
        {
            return new JobView(models.Named(details));
        }

        var waiting = await leader.WaitingAsync(details.Job, cancellationToken);
        if (waiting?.Position is { } place)
        {
            return new JobView(models.Named(details), new QueuePosition(place, waiting.EtaSeconds), waiting.Reason);
        }

        var position = 1 + await store.CountAheadAsync(details.Job, cancellationToken);
        return new JobView(models.Named(details), new QueuePosition(position, rate.SecondsFor(position)), waiting?.Reason);
    }

    /// <summary>The same, but only once the job has ended or the time is over.</summary>
    public async Task<JobView?> FindAsync(int tenantId, JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        // Listening comes first: what ends between the read and the listening would be missed.
        using var listener = listeners.Listen(id, ListenFor.End);
        if (await store.FindAsync(tenantId, id, cancellationToken) is not { } details)
        {
            return null;
        }

        if (!details.Job.State.IsTerminal())
        {
            details = await waiter.WaitAsync(listener, id, wait, lookFirst: false, cancellationToken);
        }

        return details is not null && details.Job.State.IsTerminal()
            ? new JobView(models.Named(details))
            : await FindAsync(tenantId, id, cancellationToken);
    }
}
