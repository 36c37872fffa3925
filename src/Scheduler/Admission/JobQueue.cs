using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>
/// The ready jobs of one tenant, lane and route, the most urgent first. Whatever blocks the first one blocks the others, so that a round looks
/// at one job only; jobs that failed somewhere have a queue of their own, since fewer endpoints will do for them.
/// </summary>
internal sealed class JobQueue(TenantLane lane, RouteState route, bool isForRetries)
{
    public TenantLane Lane { get; } = lane;

    public RouteState Route { get; } = route;

    public bool IsForRetries { get; } = isForRetries;

    public JobHeap Jobs { get; } = new();

    /// <summary>It is one of its tenant's <see cref="TenantState.Ready"/> queues.</summary>
    public bool IsListed { get; set; }

    /// <summary>The round in which its first job found no endpoint.</summary>
    public long BlockedIn { get; set; }

    public bool IsBlockedIn(long round) => BlockedIn == round || (!IsForRetries && Route.BlockedIn == round);
}
