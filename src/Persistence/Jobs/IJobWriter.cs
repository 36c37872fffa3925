using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>
/// The hot path for single callers, group-committed: whatever waits goes into one statement of <see cref="IJobStore"/>; nobody sits through
/// a timer. A returned task completes after the commit. A poisonous row fails its own caller only. Thread safe.
/// </summary>
public interface IJobWriter
{
    Task InsertAsync(NewJob job, CancellationToken cancellationToken);

    /// <summary>Null: may not start.</summary>
    Task<StartedJob?> StartAsync(AttemptStart start, CancellationToken cancellationToken);

    /// <summary>False: the fence is old; stop the attempt.</summary>
    Task<bool> AppendAsync(ChunkAppend append, CancellationToken cancellationToken);

    Task<FinishOutcome> FinishAsync(AttemptEnd end, CancellationToken cancellationToken);

    /// <summary>Reads one job together with whatever other reads wait. Null: no such job.</summary>
    Task<JobDetails?> FindAsync(JobId id, CancellationToken cancellationToken);
}
