using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>
/// The order of the routes that may serve a job: (1) its own; (2) where it is too long for a target of its own, that one's route for larger
/// contexts; (3) the fallbacks that its request names; (4) those of its own route.
/// </summary>
internal sealed class FallbackOrder(RouteTable routes)
{
    /// <summary>The first route with an endpoint that can serve the job and is not among those tried. Its credit does not matter.</summary>
    /// <param name="now">Only endpoints that are up now; null: whether or not they are up.</param>
    public RouteState? FirstUsable(RouteState own, IndexedJob job, in JobNeeds needs, EndpointCredit[]? tried, DateTimeOffset? now)
    {
        if (IsUsable(own, needs, tried, now))
        {
            return own;
        }

        return LargerContext(own, needs, tried, now)
            ?? FirstUsable(job.Wishes.Fallbacks, needs, tried, now)
            ?? FirstUsable(own.Route.Fallbacks, needs, tried, now);
    }

    public static bool IsTried(EndpointCredit endpoint, EndpointCredit[]? tried) =>
        tried is not null && Array.IndexOf(tried, endpoint) >= 0;

    private RouteState? LargerContext(RouteState own, in JobNeeds needs, EndpointCredit[]? tried, DateTimeOffset? now)
    {
        if (own.Route.LargerContext is not { } name || !IsTooLong(own, needs))
        {
            return null;
        }

        var route = routes.ModelOf(name).Route;
        return IsUsable(route, needs, tried, now) ? route : null;
    }

    private RouteState? FirstUsable(IReadOnlyList<string>? fallbacks, in JobNeeds needs, EndpointCredit[]? tried, DateTimeOffset? now)
    {
        for (var i = 0; i < (fallbacks?.Count ?? 0); i++)
        {
            var route = routes.ModelOf(fallbacks![i]).Route;
            if (IsUsable(route, needs, tried, now))
            {
                return route;
            }
        }

        return null;
    }

    private static bool IsUsable(RouteState route, in JobNeeds needs, EndpointCredit[]? tried, DateTimeOffset? now)
    {
        foreach (var candidate in route.Candidates)
        {
            if (
                !IsTried(candidate.Endpoint, tried)
                && Eligibility.CanServe(candidate.Target.Target, needs)
                && (now is null || IsUp((EndpointHealth)candidate.Measures, now.Value))
            )
            {
                return true;
            }
        }

        return false;
    }

    // A job goes to a fallback rather than wait for what is open, parked or paused.
    private static bool IsUp(EndpointHealth health, DateTimeOffset now) => health.Availability(now) == Availability.Available;

    private static bool IsTooLong(RouteState own, in JobNeeds needs)
    {
        foreach (var candidate in own.Candidates)
        {
            if (Eligibility.Check(candidate.Target.Target, needs) == IneligibleReason.ContextTooSmall)
            {
                return true;
            }
        }

        return false;
    }
}
