using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Admission;
using InferenceBroker.Scheduler.Inquiries;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>
/// Chooses the endpoint of a job's next attempt among those that can serve it: (1) of the job's own route, those that have not failed the job;
/// (2) once there are none, those of the fallbacks, as <see cref="FallbackOrder"/> has them; (3) once all have failed it, any of the first
/// route again that can serve it. The first route that has one decides: a job waits for its credit rather than go to a fallback. Within the
/// route the endpoint that served the last job like it comes first, then the route's policy decides.
/// </summary>
/// <param name="chance">Gives numbers from 0 up to, not including, 1.</param>
internal sealed class EndpointChooser(RouteTable routes, Func<double> chance, DecisionLog decisions)
{
    private const int Affinities = 10_000;

    private readonly FallbackOrder _order = new(routes);
    private Candidate[] _candidates = new Candidate[8];

    /// <summary>Which endpoint served the last job of each hash.</summary>
    public AffinityTable Affinity { get; } = new(Affinities);

    public Choice Choose(IndexedJob job, long round, DateTimeOffset now, out EndpointCredit? endpoint)
    {
        var own = job.Model!.Route;
        var needs = job.Needs;
        endpoint = null;
        if (job.Tried is null && own.Candidates.Length > 0)
        {
            // The usual case first: it does not look at the candidates twice.
            endpoint = Pick(own, job, needs, tried: null, now);
            if (endpoint is not null)
            {
                return Choice.Picked;
            }

            Block(own, round, now);
        }

        var tried = job.Tried;
        var route = _order.FirstUsable(own, job, needs, tried);
        if (route is null && tried is not null)
        {
            tried = null;
            route = _order.FirstUsable(own, job, needs, tried);
        }

        if (ReferenceEquals(route, own) && job.Tried is null)
        {
            return Choice.NoCredit;
        }

        if (route is null)
        {
            return own.Candidates.Length == 0 ? Choice.NoCredit : Choice.NoTarget;
        }

        endpoint = Pick(route, job, needs, tried, now);
        return endpoint is null ? Choice.NoCredit : Choice.Picked;
    }

    private EndpointCredit? Pick(RouteState route, IndexedJob job, in JobNeeds needs, EndpointCredit[]? tried, DateTimeOffset now)
    {
        var count = Gather(route, job.Tokens, needs, tried, now);
        if (count == 0)
        {
            return null;
        }

        var candidates = _candidates.AsSpan(0, count);
        var context = new PickContext(new JobEstimate(job.InputTokens, job.OutputTokens), now, chance, route.Route.PolicyWeights);
        var index = Preferred(route, job, candidates);
        var byAffinity = index >= 0;
        if (!byAffinity)
        {
            index = route.Policy.Pick(context, candidates);
        }

        decisions.Note(job, route, needs, tried, context, candidates, candidates[index], byAffinity);
        job.Model!.Route.Rate.Note(now);
        var endpoint = candidates[index].Endpoint;
        if (route.Route.AffinityMargin is not null)
        {
            Affinity.Note(job.Wishes.Affinity, endpoint);
        }

        return endpoint;
    }

    private int Gather(RouteState route, int tokens, in JobNeeds needs, EndpointCredit[]? tried, DateTimeOffset now)
    {
        var count = 0;
        TargetState? target = null;
        var canServe = false;
        foreach (var candidate in route.Candidates)
        {
            if (!ReferenceEquals(candidate.Target, target))
            {
                target = candidate.Target;
                canServe = Eligibility.CanServe(target.Target, needs);
            }

            if (canServe && candidate.Endpoint.Has(tokens, now) && !FallbackOrder.IsTried(candidate.Endpoint, tried))
            {
                Put(count++, candidate);
            }
        }

        return count;
    }

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
            if (candidate.Endpoint.Has(tokens: 0, now))
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
