using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>
/// Chooses the endpoint of a job's next attempt: (1) of the model's own route, those endpoints that have not failed the job; (2) once all of
/// them have, those of the fallbacks, the request's before the route's; (3) once all have failed it, any of the own route again. The first
/// group that is not empty decides: a job waits for its credit rather than go to a fallback.
/// </summary>
internal sealed class EndpointChooser(RouteTable routes)
{
    private TargetState[] _targets = new TargetState[8];
    private KeyState[] _keys = new KeyState[8];

    /// <summary>Null: no endpoint has credit for this job now.</summary>
    public EndpointCredit? Choose(IndexedJob job, long round, DateTimeOffset now)
    {
        var own = job.Model!.Route;
        if (job.Tried is null && own.Targets.Count > 0)
        {
            return Pick(own, job, tried: null, now) ?? Block(own, round, now);
        }

        var route = FirstUntried(own, job);
        return route is null ? Pick(own, job, tried: null, now) : Pick(route, job, job.Tried, now);
    }

    private RouteState? FirstUntried(RouteState own, IndexedJob job)
    {
        if (HasUntried(own, job.Tried))
        {
            return own;
        }

        return FirstUntried(job.Fallbacks, job.Tried) ?? FirstUntried(own.Fallbacks, job.Tried);
    }

    private RouteState? FirstUntried(IReadOnlyList<string>? fallbacks, EndpointCredit[]? tried)
    {
        for (var i = 0; i < (fallbacks?.Count ?? 0); i++)
        {
            var route = routes.ModelOf(fallbacks![i]).Route;
            if (HasUntried(route, tried))
            {
                return route;
            }
        }

        return null;
    }

    private static bool HasUntried(RouteState route, EndpointCredit[]? tried)
    {
        foreach (var target in route.Targets)
        {
            foreach (var key in target.Keys)
            {
                if (!IsTried(key.Endpoint, tried))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private EndpointCredit? Pick(RouteState route, IndexedJob job, EndpointCredit[]? tried, DateTimeOffset now)
    {
        var count = 0;
        for (var i = 0; i < route.Targets.Count; i++)
        {
            if (Available(route.Targets[i], job.Tokens, tried, now) > 0)
            {
                Put(ref _targets, count++, route.Targets[i]);
            }
        }

        if (count == 0)
        {
            return null;
        }

        var estimate = new JobEstimate(job.InputTokens, job.OutputTokens);
        var target = _targets[route.Policy.Pick(estimate, _targets.AsSpan(0, count))];
        var keys = Available(target, job.Tokens, tried, now);
        return _keys[SmoothWeighted.Pick<KeyState>(_keys.AsSpan(0, keys))].Endpoint;
    }

    private int Available(TargetState target, int tokens, EndpointCredit[]? tried, DateTimeOffset now)
    {
        var count = 0;
        for (var i = 0; i < target.Keys.Count; i++)
        {
            var key = target.Keys[i];
            if (key.Endpoint.Has(tokens, now) && !IsTried(key.Endpoint, tried))
            {
                Put(ref _keys, count++, key);
            }
        }

        return count;
    }

    // A route that cannot take the smallest job is not asked again in this round, whichever tenant's job it is.
    private EndpointCredit? Block(RouteState route, long round, DateTimeOffset now)
    {
        foreach (var target in route.Targets)
        {
            if (Available(target, tokens: 0, tried: null, now) > 0)
            {
                return null;
            }
        }

        route.BlockedIn = round;
        return null;
    }

    private static bool IsTried(EndpointCredit endpoint, EndpointCredit[]? tried) =>
        tried is not null && Array.IndexOf(tried, endpoint) >= 0;

    private static void Put<T>(ref T[] array, int index, T value)
    {
        if (index == array.Length)
        {
            Array.Resize(ref array, array.Length * 2);
        }

        array[index] = value;
    }
}
