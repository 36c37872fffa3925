using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>What jobs of one queue have in common besides lane and route: fewer endpoints will do for some, so these must not block the others.</summary>
/// <param name="IsForRetries">They failed somewhere.</param>
/// <param name="IsPlaced">They ask for a region or for tags.</param>
internal readonly record struct QueueKind(bool IsForRetries, Capabilities Capabilities, bool IsPlaced)
{
    public static QueueKind Plain => default;

    public static QueueKind Of(IndexedJob job) => new(job.Tried is not null, job.Capabilities, job.Wishes.Placement is not null);
}
