using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>A job that a sweep moved.</summary>
/// <param name="Endpoint">The endpoint whose reservation ends, or null where it had none.</param>
/// <param name="Requeued">The job as it stands in the queue again, or null where it ended.</param>
public sealed record SweptJob(JobId Id, JobState State, string? Endpoint, QueuedJob? Requeued);
