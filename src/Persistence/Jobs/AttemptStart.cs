using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>A worker's wish to start a dispatched attempt.</summary>
/// <param name="AttemptDeadline">When the sweep takes the attempt for lost, whatever its worker says.</param>
public readonly record struct AttemptStart(JobId Id, long Fence, Guid WorkerId, DateTimeOffset Now, DateTimeOffset AttemptDeadline);
