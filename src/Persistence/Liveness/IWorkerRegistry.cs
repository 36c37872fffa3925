using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Liveness;

/// <summary>Which workers live. Thread safe.</summary>
public interface IWorkerRegistry
{
    /// <summary>Says that the worker lives and returns those of its running jobs whose cancellation was asked for.</summary>
    Task<IReadOnlyList<JobId>> BeatAsync(Guid workerId, string name, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes the worker off the list after a graceful stop.</summary>
    Task RemoveAsync(Guid workerId, CancellationToken cancellationToken);
}
