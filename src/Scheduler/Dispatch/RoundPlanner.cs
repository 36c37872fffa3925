using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>
/// Plans a dispatch round: (1) the tenant with the lowest virtual time among those with ready jobs; (2) its most urgent job; (3) the
/// route's policy picks an endpoint with credit; (4) the estimate is charged to endpoint and tenant; (5) again, until there is no credit or
/// no job. A queue whose first job finds no endpoint is left out for the rest of the round and blocks no other. Not thread safe.
/// </summary>
internal sealed class RoundPlanner(JobIndex index, EndpointChooser chooser)
{
    // How soon a job that no target can serve is looked at again: the configuration may have changed.
    private static readonly TimeSpan NextLook = TimeSpan.FromSeconds(5);

    private readonly PriorityQueue<TenantState, double> _tenants = new();
    private long _round;

    /// <summary>Adds jobs to the round until it holds <paramref name="size"/>. Returns how many.</summary>
    public int Plan(List<IndexedJob> round, int size, DateTimeOffset now)
    {
        var before = round.Count;
        _round++;
        GatherTenants();
        while (round.Count < size && _tenants.TryDequeue(out var tenant, out _))
        {
            if (tenant.MostUrgent(_round) is { } queue)
            {
                PlanFirst(queue, round, now);
                _tenants.Enqueue(tenant, tenant.Share.VirtualTime);
            }
        }

        return round.Count - before;
    }

    private void GatherTenants()
    {
        _tenants.Clear();
        var active = index.Active;
        for (var i = active.Count - 1; i >= 0; i--)
        {
            var tenant = active[i];
            if (tenant.Ready.Count > 0)
            {
                _tenants.Enqueue(tenant, tenant.Share.VirtualTime);
                continue;
            }

            tenant.IsListed = false;
            active[i] = active[^1];
            active.RemoveAt(active.Count - 1);
        }
    }

    private void PlanFirst(JobQueue queue, List<IndexedJob> round, DateTimeOffset now)
    {
        queue.Jobs.TryPeek(out var job, out _);
        if (job.Deadline <= now.UtcTicks)
        {
            // The sweep expires the row.
            index.Remove(job);
            return;
        }

        switch (chooser.Choose(job, _round, now, out var endpoint))
        {
            case Choice.NoCredit:
                queue.BlockedIn = _round;
                return;
            case Choice.NoTarget:
                index.Postpone(queue, job, now + NextLook);
                return;
        }

        index.BeginClaim(queue, job, endpoint!);
        endpoint!.Reserve(job.Tokens);
        job.Lane.Tenant.Share.Charge(job.Tokens);
        round.Add(job);
    }
}
