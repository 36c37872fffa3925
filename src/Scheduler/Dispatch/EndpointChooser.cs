using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Fairness;
using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Admission;
using InferenceBroker.Scheduler.Inquiries;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>
/// Chooses the endpoint of a job's next attempt among those that can serve it: (1) of the job's own route, those that have not failed the job;
/// (2) once there are none, those of the fallbacks, as <see cref="FallbackOrder"/> has them; (3) once all have failed it, any of the first
/// route again that can serve it. The first route that has one decides: a job waits for its credit rather than go to a fallback. Within the
/// route an endpoint that waits for a probe comes first, then the one that served the last job like it, then the route's policy decides; an endpoint
/// that recovers has the last word itself.
/// </summary>
/// <param name="chance">Gives numbers from 0 up to, not including, 1.</param>
internal sealed class EndpointChooser(RouteTable routes, LaneDemand demand, DecisionLog decisions, Func<double> chance)
{
    private const int Affinities = 10_000;

    private readonly FallbackOrder _order = new(routes);
    private Candidate[] _candidates = new Candidate[8];
    private Candidate? _probe;

    /// <summary>Which endpoint served the last job of each hash.</summary>
    public AffinityTable Affinity { get; } = new(Affinities);

    public Choice Choose(IndexedJob job, JobEstimate estimate, long round, DateTimeOffset now, out Candidate? chosen)
    {
        var own = job.Model!.Route;
        var needs = job.Needs;
        var wish = new Wish(job, estimate, needs, now);
        chosen = null;
        if (job.Tried is null && own.Candidates.Length > 0)
        {
            // The usual case first: it does not look at the candidates twice.
            chosen = Pick(own, wish, tried: null);
            if (chosen is not null)
            {
                return Choice.Picked;
            }

            Block(own, round, now);
        }

        var tried = job.Tried;
        var route = UsableRoute(own, job, needs, now, ref tried);
        if (ReferenceEquals(route, own) && job.Tried is null)
        {
            return IsTooCostly(own, wish) ? Choice.TooCostly : Choice.NoCredit;
        }

        if (route is null)
        {
            return own.Candidates.Length == 0 ? Choice.NoCredit : Choice.NoTarget;
        }

        chosen = Pick(route, wish, tried);
        if (chosen is not null)
        {
            return Choice.Picked;
        }

        return IsTooCostly(route, wish) ? Choice.TooCostly : Choice.NoCredit;
    }

    private RouteState? UsableRoute(RouteState own, IndexedJob job, in JobNeeds needs, DateTimeOffset now, ref EndpointCredit[]? tried)
    {
        var route = _order.FirstUsable(own, job, needs, tried, now);
        if (route is null && tried is not null)
        {
            tried = null;
            route = _order.FirstUsable(own, job, needs, tried, now);
        }

        return route ?? UsableOnceUp(own, job, needs, tried);
    }

    // Nothing is up: it waits for its own route's endpoints, which come back first or last, and are probed more often meanwhile.
    private RouteState? UsableOnceUp(RouteState own, IndexedJob job, in JobNeeds needs, EndpointCredit[]? tried)
    {
        foreach (var candidate in own.Candidates)
        {
            HealthOf(candidate).Breaker.Hasten();
        }

        return _order.FirstUsable(own, job, needs, tried, now: null);
    }

    private Candidate? Pick(RouteState route, in Wish wish, EndpointCredit[]? tried)
    {
        var count = Gather(route, wish, tried);
        var context = new PickContext(wish.Estimate, wish.Now, chance, route.Route.PolicyWeights);
        if (_probe is { } probe && HealthOf(probe).Breaker.TryBeginProbe(wish.Now, chance()))
        {
            decisions.Note(wish, route, tried, context, among: [], probe, DecisionReason.Probe);
            return Picked(route, wish, probe);
        }

        while (count > 0)
        {
            var candidates = _candidates.AsSpan(0, count);
            var index = Preferred(route, wish.Job, candidates);
            var reason = index >= 0 ? DecisionReason.Affinity : DecisionReason.Policy;
            if (index < 0)
            {
                index = route.Policy.Pick(context, candidates);
            }

            var candidate = candidates[index];
            if (HealthOf(candidate).TryAdmit(candidate.InFlight, candidate.ConcurrencyLimit, isScaled: count > 1, wish.Now))
            {
                decisions.Note(wish, route, tried, context, candidates, candidate, reason);
                return Picked(route, wish, candidate);
            }

            candidates[(index + 1)..].CopyTo(candidates[index..]);
            count--;
        }

        return null;
    }

    private Candidate Picked(RouteState route, in Wish wish, Candidate candidate)
    {
        wish.Job.Model!.Route.Rate.Note(wish.Now);
        if (route.Route.AffinityMargin is not null)
        {
            Affinity.Note(wish.Job.Wishes.Affinity, candidate.Endpoint);
        }

        return candidate;
    }

    private int Gather(RouteState route, in Wish wish, EndpointCredit[]? tried)
    {
        var count = 0;
        TargetState? target = null;
        var canServe = false;
        var lanesCompete = LaneReserve.Keeps(wish.Lane, demand, wish.Now);
        _probe = null;
        foreach (var candidate in route.Candidates)
        {
            if (!ReferenceEquals(candidate.Target, target))
            {
                target = candidate.Target;

                // Its candidates are keys of one provider: what holds for all of them is asked once.
                canServe =
                    Eligibility.CanServe(target.Target, wish.Needs)
                    && candidate.Endpoint.Provider.Has(wish.Lane, demand, wish.Now)
                    && wish.CanPay(target);
            }

            if (
                !canServe
                || FallbackOrder.IsTried(candidate.Endpoint, tried)
                || !candidate.Endpoint.HasOwn(wish.Spend, wish.Now)
                || (lanesCompete && !candidate.Endpoint.HasFor(wish.Lane, wish.Spend, demand, wish.Now))
            )
            {
                continue;
            }

            switch (HealthOf(candidate).Availability(wish.Now))
            {
                case Availability.Available when wish.MayRetryAt(candidate.Endpoint):
                    Put(count++, candidate);
                    break;
                case Availability.ProbeOnly when _probe is null && ProbeRule.Suits(wish.Job, HealthOf(candidate).Breaker, wish.Now):
                    _probe = candidate;
                    break;
            }
        }

        return count;
    }

    private static bool IsTooCostly(RouteState route, in Wish wish)
    {
        if (wish.Job.Wishes.MaxNanoUsd is null || route.Candidates.Length == 0)
        {
            return false;
        }

        foreach (var candidate in route.Candidates)
        {
            if (Eligibility.CanServe(candidate.Target.Target, wish.Needs) && wish.IsWithinMaxCost(candidate.Target))
            {
                return false;
            }
        }

        return true;
    }

    private static EndpointHealth HealthOf(Candidate candidate) => (EndpointHealth)candidate.Measures;

    private int Preferred(RouteState route, IndexedJob job, ReadOnlySpan<Candidate> candidates)
    {
        if (route.Route.AffinityMargin is not { } margin)
        {
            return -1;
        }

        var index = Affinity.Prefer(job.Wishes.Affinity, candidates, margin);
        var share = index < 0 ? 1 : candidates[index].Measures.Share;

        // An endpoint that recovers keeps only its share of those that prefer it.
        return share >= 1 || chance() < share ? index : -1;
    }

    // A route that cannot take the smallest job is not asked again in this round, whichever tenant's job it is.
    private static void Block(RouteState route, long round, DateTimeOffset now)
    {
        foreach (var candidate in route.Candidates)
        {
            if (
                candidate.Endpoint.Has(tokens: 0, now)
                && HealthOf(candidate).Availability(now) is Availability.Available or Availability.ProbeOnly
            )
            {
                return;
            }
        }

        route.BlockedIn = round;
    }

    private void Put(int index, Candidate candidate)
    {
        if (index == _candidates.Length)
        {
            Array.Resize(ref _candidates, _candidates.Length * 2);
        }

        _candidates[index] = candidate;
    }
}
