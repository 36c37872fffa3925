using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Persistence.Sql;

/// <summary>What a caller needs who repeats a write because the connection broke before its answer came.</summary>
internal interface IRetryAwareJobStore : IJobStore
{
    /// <summary>
    /// The jobs that run by exactly these starts (worker, fence and time). Not part of <see cref="IJobStore.StartAsync"/>: there a second
    /// start is a repeated message, and the same worker must not run the job twice.
    /// </summary>
    Task<IReadOnlyList<StartedJob?>> FindStartedAsync(IReadOnlyList<AttemptStart> starts, CancellationToken cancellationToken);
}
