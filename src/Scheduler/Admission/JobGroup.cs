using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Fairness;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>
/// The jobs of a tenant's lane that take their turns together: those of one API key in one batch, or in none. So one huge batch does not bury
/// its owner's single jobs, and a key that is at its limit blocks no other. Belongs to the dispatch loop: not thread safe.
/// </summary>
internal sealed class JobGroup(TenantLane lane, int apiKeyId, long batchHash) : FairMember
{
    private readonly Dictionary<(RouteState Route, QueueKind Kind), JobQueue> _queues = [];

    public TenantLane Lane { get; } = lane;

    public int ApiKeyId { get; } = apiKeyId;

    /// <summary>0: no batch.</summary>
    public long BatchHash { get; } = batchHash;

    /// <summary>Who pays for its jobs; null budgets have no limits.</summary>
    public Account Account { get; set; }

    /// <summary>The queues that hold jobs; emptied ones leave when <see cref="MostUrgent"/> meets them.</summary>
    public List<JobQueue> Ready { get; } = [];

    public JobQueue QueueOf(RouteState route, QueueKind kind)
    {
        if (!_queues.TryGetValue((route, kind), out var queue))
        {
            queue = new JobQueue(this, route, kind);
            _queues.Add((route, kind), queue);
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

    /// <summary>One of its calls ended, or came to nothing. Out of turn it has no ready jobs: with its last call it is done and forgotten.</summary>
    public void Leave()
    {
        InFlight.Leave();
        if (InFlight.InFlight == 0 && !Lane.Turns.Contains(this))
        {
            Lane.Forget(this);
        }
    }

    /// <summary>Forgets every queue: the routes have changed.</summary>
    public void ClearQueues()
    {
        _queues.Clear();
        Ready.Clear();
    }
}
