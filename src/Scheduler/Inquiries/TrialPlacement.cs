using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Admission;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>
/// Places a job as <see cref="EndpointChooser"/> would, and changes nothing: policies pick from copies of the candidates, nothing is reserved,
/// and no affinity is noted. Not thread safe.
/// </summary>
internal sealed class TrialPlacement(RouteTable routes, AffinityTable affinity, Func<double> chance)
{
    private readonly FallbackOrder _order = new(routes);

    public TrialResult Place(IndexedJob job, DateTimeOffset now)
    {
        var own = job.Model!.Route;
        var needs = job.Needs;
        var tried = job.Tried;
        var route = _order.FirstUsable(own, job, needs, tried, now);
        if (route is null && tried is not null)
        {
            tried = null;
            route = _order.FirstUsable(own, job, needs, tried, now);
        }

        route ??= _order.FirstUsable(own, job, needs, tried, now: null);

        if (route is null)
        {
            return new TrialResult([Stand(own, job, tried, now).Standing], Endpoint: null, NoTargetText(job, needs), Refusal: null);
        }

        var used = Stand(route, job, tried, now, isUsed: true);
        return new TrialResult(
            ReferenceEquals(route, own) ? [used.Standing] : [Stand(own, job, job.Tried, now).Standing, used.Standing],
            used.Picked,
            NoTarget: null,
            used.Picked is null ? used.Refusal : null
        );
    }

    private (RouteStanding Standing, string? Picked, CreditRefusal? Refusal) Stand(
        RouteState route,
        IndexedJob job,
        EndpointCredit[]? tried,
        DateTimeOffset now,
        bool isUsed = false
    )
    {
        var needs = job.Needs;
        var spend = new Spend(job.Estimate.InputTokens, job.Estimate.OutputTokens);
        var open = new List<Candidate>();
        var standings = new List<(Candidate Original, CandidateStanding Standing)>();
        CreditRefusal? soonest = null;
        foreach (var (original, copy) in CopiesOf(route))
        {
            var against = Against(original, needs, tried);
            var refusal = CreditRefusal.Of(original, job.Group.Account, spend, now);
            if (against is null && refusal is null)
            {
                open.Add(copy);
            }
            else if (against is null)
            {
                soonest = CreditRefusal.Sooner(soonest, refusal!.Value);
            }

            standings.Add((copy, CandidateReport.Of(original, against is null, refusal is null, against ?? refusal?.Text(ahead: 0))));
        }

        var picked = isUsed && open.Count > 0 ? Pick(route, job, [.. open], now) : null;
        var standing = new RouteStanding
        {
            Route = route.Route.Name,
            Policy = route.Policy.Name,
            InUse = isUsed,
            Candidates =
            [
                .. standings.Select(s =>
                    s.Standing with
                    {
                        Picked = ReferenceEquals(s.Original, picked),
                        Score =
                            isUsed && route.Policy is IScoringPolicy && open.Contains(s.Original)
                                ? CandidateReport.ScoreOf(s.Original.Terms)
                                : null,
                    }
                ),
            ],
        };
        return (standing, picked?.Endpoint.Name, soonest);
    }

    private Candidate Pick(RouteState route, IndexedJob job, Candidate[] open, DateTimeOffset now)
    {
        var context = new PickContext(job.Estimate, now, chance, route.Route.PolicyWeights);
        var index = route.Route.AffinityMargin is { } margin ? affinity.Prefer(job.Wishes.Affinity, open, margin) : -1;
        if (index < 0)
        {
            index = route.Policy.Pick(context, open);
        }

        (route.Policy as IScoringPolicy)?.Score(context, open);
        return open[index];
    }

    // Candidates of one target share what it remembers, and so do their copies.
    private static List<(Candidate Original, Candidate Copy)> CopiesOf(RouteState route)
    {
        var copies = new List<(Candidate, Candidate)>(route.Candidates.Length);
        (TargetState Original, TargetState Copy)? target = null;
        foreach (var candidate in route.Candidates)
        {
            if (target is not { } known || !ReferenceEquals(known.Original, candidate.Target))
            {
                target = known = (candidate.Target, candidate.Target.Copy());
            }

            copies.Add((candidate, candidate.CopyFor(known.Copy)));
        }

        return copies;
    }

    private static string? Against(Candidate candidate, in JobNeeds needs, EndpointCredit[]? tried) =>
        EligibilityText.Of(Eligibility.Check(candidate.Target.Target, needs))
        ?? (FallbackOrder.IsTried(candidate.Endpoint, tried) ? CandidateReport.FailedBefore : null);

    private static string NoTargetText(IndexedJob job, in JobNeeds needs)
    {
        var reasons = new List<string>();
        foreach (var candidate in job.Model!.Route.Candidates)
        {
            if (EligibilityText.Of(Eligibility.Check(candidate.Target.Target, needs)) is { } reason && !reasons.Contains(reason))
            {
                reasons.Add(reason);
            }
        }

        return reasons.Count == 0
            ? $"no target is configured for '{job.Model.Name}'"
            : $"no target can serve it: {string.Join(", ", reasons)}";
    }
}
