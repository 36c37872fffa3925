using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Fairness;
using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>
/// Plans a dispatch round. (1) Of each lane the tenant with the lowest virtual time among those with ready jobs and room, in it the group with the
/// lowest, in it the job that is due first; (2) of the lanes the one whose job is due first; (3) the chooser finds an endpoint with credit;
/// (4) the estimate is reserved of endpoint and account, and what is expected is charged to tenant and group; (5) again, until there is no credit or no job. What finds no endpoint is
/// left out for the rest of the round and blocks nobody else. Not thread safe.
/// </summary>
internal sealed class RoundPlanner(JobIndex index, EndpointChooser chooser, LaneDemand demand)
{
    // How soon a job that no target can serve is looked at again: the configuration may have changed.
    private static readonly TimeSpan NextLook = TimeSpan.FromSeconds(5);

    private readonly JobQueue?[] _heads = new JobQueue?[4];
    private readonly bool[] _isKnown = new bool[4];
    private readonly List<JobGroup> _setAside = [];
    private long _round;

    /// <summary>Jobs that no round will take since they are too costly for their own limit; taken out by whoever ends them.</summary>
    public List<IndexedJob> TooCostly { get; } = [];

    /// <summary>Adds jobs to the round until it holds <paramref name="size"/>. Returns how many.</summary>
    public int Plan(List<IndexedJob> round, int size, DateTimeOffset now)
    {
        if (!index.HasReady)
        {
            return 0;
        }

        var before = round.Count;
        _round++;
        Array.Clear(_isKnown);
        while (round.Count < size && NextQueue(now, out var lane) is { } queue)
        {
            PlanFirst(queue, round, now);
            _isKnown[lane] = false;
        }

        ReturnSetAside();
        return round.Count - before;
    }

    private JobQueue? NextQueue(DateTimeOffset now, out int lane)
    {
        JobQueue? best = null;
        var bestDue = long.MaxValue;
        lane = 0;
        for (var i = 0; i < _heads.Length; i++)
        {
            if (!_isKnown[i])
            {
                _heads[i] = Head(index.Turns[i]);
                _isKnown[i] = true;
                if (_heads[i] is not null)
                {
                    demand.Note((Domain.Jobs.Lane)i, now);
                }
            }

            if (_heads[i] is { } queue && queue.Jobs.TryPeek(out _, out var due) && (best is null || due < bestDue))
            {
                (best, bestDue, lane) = (queue, due, i);
            }
        }

        return best;
    }

    /// <summary>The queue whose turn it is in a lane; sets aside what is blocked and retires what is empty on the way.</summary>
    private JobQueue? Head(FairHeap<TenantLane> turns)
    {
        while (turns.First is { } tenant)
        {
            if (tenant.Turns.First is not { } group)
            {
                turns.Remove(tenant);
                continue;
            }

            if (group.InFlight.HasRoom && group.MostUrgent(_round) is { } queue)
            {
                return queue;
            }

            if (group.Ready.Count == 0)
            {
                index.Retire(group);
            }
            else
            {
                SetAside(group);
            }
        }

        return null;
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

        var group = queue.Group;
        var estimate = job.Estimate;
        var spend = new Spend(estimate.InputTokens, estimate.OutputTokens);
        if (!HasRoom(group.Account, spend, now))
        {
            SetAside(group);
            return;
        }

        switch (chooser.Choose(job, estimate, _round, now, out var chosen))
        {
            case Choice.NoCredit:
                queue.BlockedIn = _round;
                NoteRefused(queue.Route, spend, now);
                return;
            case Choice.TooCostly:
                index.Remove(job);
                TooCostly.Add(job);
                return;
            case Choice.NoTarget:
                index.Postpone(queue, job, now + NextLook);
                return;
        }

        JobIndex.BeginClaim(
            queue,
            job,
            TakeOff(job, chosen!, spend with { NanoUsd = (long)chosen!.Target.ExpectedNanoUsd(estimate) }, now)
        );
        Charge(group, job.Flight!.Charged = job.ExpectedTokens);
        round.Add(job);
    }

    private static Flight TakeOff(IndexedJob job, Candidate chosen, in Spend spend, DateTimeOffset now)
    {
        var endpoint = chosen.Endpoint;
        var lane = job.Lane.Lane;
        var health = (EndpointHealth)chosen.Measures;
        health.NoteDispatch(now);
        endpoint.Retries.Note(job.Tried is not null, now);
        endpoint.Provider.Lanes.NoteTaken(lane, 1, now);
        endpoint.Key.Lanes.NoteTaken(lane, spend.Tokens, now);
        return new Flight(Reservation.Take(endpoint, job.Group.Account, spend, now), health);
    }

    private static bool HasRoom(in Account account, in Spend spend, DateTimeOffset now) =>
        (account.Tenant is null || account.Tenant.Has(spend, now)) && (account.ApiKey is null || account.ApiKey.Has(spend, now));

    // A large job gets its turn only where small ones leave it room in time.
    private static void NoteRefused(RouteState route, in Spend spend, DateTimeOffset now)
    {
        foreach (var candidate in route.Candidates)
        {
            var key = candidate.Endpoint.Key;
            if (key.Tokens is not null && key.Window.HasRoom && candidate.Endpoint.Provider.IsOpen(now))
            {
                key.Saving.NoteRefused(spend, now);
            }
        }
    }

    private void Charge(JobGroup group, int tokens)
    {
        var tenant = group.Lane;
        group.Share.Charge(tokens);
        tenant.Share.Charge(tokens);
        tenant.Turns.Update(group);
        index.Turns[(int)tenant.Lane].Update(tenant);
    }

    private void SetAside(JobGroup group)
    {
        _setAside.Add(group);
        var tenant = group.Lane;
        tenant.Turns.Remove(group);
        if (tenant.Turns.Count == 0)
        {
            index.Turns[(int)tenant.Lane].Remove(tenant);
        }
    }

    private void ReturnSetAside()
    {
        foreach (var group in _setAside)
        {
            group.Lane.Turns.Return(group);
            index.Turns[(int)group.Lane.Lane].Return(group.Lane);
        }

        _setAside.Clear();
    }
}
