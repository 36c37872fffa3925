using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>
/// The ready jobs of one group and route, the most urgent first. Whatever blocks the first one blocks the others, so that a round looks
/// at one job only; jobs for which fewer endpoints will do have queues of their own.
/// </summary>
internal sealed class JobQueue(JobGroup group, RouteState route, QueueKind kind)
{
    public JobGroup Group { get; } = group;

    public RouteState Route { get; } = route;

    public JobHeap Jobs { get; } = new();

    /// <summary>It is one of its group's <see cref="JobGroup.Ready"/> queues.</summary>
    public bool IsListed { get; set; }

    /// <summary>The round in which its first job found no endpoint.</summary>
    public long BlockedIn { get; set; }

    public bool IsBlockedIn(long round) => BlockedIn == round || (!kind.IsForRetries && Route.BlockedIn == round);
}
