using InferenceBroker.Domain.Fairness;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>A tenant as the scheduler sees it.</summary>
internal sealed class TenantState
{
    private readonly TenantLane[] _lanes;
    private readonly Dictionary<(RouteState Route, Lane Lane, QueueKind Kind), JobQueue> _queues = [];

    public TenantState(int id)
    {
        Id = id;
        _lanes = [new(this, Lane.Interactive), new(this, Lane.Standard), new(this, Lane.Batch), new(this, Lane.Idle)];
    }

    public int Id { get; }

    public FairShare Share { get; } = new();

    public IReadOnlyList<TenantLane> Lanes => _lanes;

    /// <summary>The queues that hold jobs; emptied ones leave when <see cref="MostUrgent"/> meets them.</summary>
    public List<JobQueue> Ready { get; } = [];

    /// <summary>It is one of the index' active tenants.</summary>
    public bool IsListed { get; set; }

    public TenantLane LaneOf(Lane lane) => _lanes[(int)lane];

    public JobQueue QueueOf(RouteState route, Lane lane, QueueKind kind)
    {
        var key = (route, lane, kind);
        if (!_queues.TryGetValue(key, out var queue))
        {
            queue = new JobQueue(LaneOf(lane), route, kind);
            _queues.Add(key, queue);
        }

        return queue;
    }

    /// <summary>The queue whose first job is due first, or null where all are empty or blocked in this round.</summary>
    public JobQueue? MostUrgent(long round)
    {
        JobQueue? best = null;
        var bestDue = long.MaxValue;
        for (var i = Ready.Count - 1; i >= 0; i--)
        {
            var queue = Ready[i];
            if (!queue.Jobs.TryPeek(out _, out var due))
            {
                queue.IsListed = false;
                Ready[i] = Ready[^1];
                Ready.RemoveAt(Ready.Count - 1);
                continue;
            }

            if ((best is null || due < bestDue) && !queue.IsBlockedIn(round))
            {
                best = queue;
                bestDue = due;
            }
        }

        return best;
    }

    /// <summary>Forgets every queue: the routes have changed.</summary>
    public void ClearQueues()
    {
        _queues.Clear();
        Ready.Clear();
    }
}
