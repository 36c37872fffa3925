using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Workers.Execution;

/// <summary>Is there an endpoint in a job's route or its fallbacks that has not failed it yet?</summary>
internal static class OtherEndpoints
{
    public static bool Exist(Catalog catalog, StartedJob job, string endpoint)
    {
        var route = catalog.FindRoute(job.Model);
        return RoutesOf(catalog, route, job).Any(r => HasOther(catalog, r, job, endpoint));
    }

    private static IEnumerable<ModelRoute> RoutesOf(Catalog catalog, ModelRoute? route, StartedJob job)
    {
        if (route is not null)
        {
            yield return route;
        }

        foreach (var name in job.Fallbacks.Concat(route?.Fallbacks ?? []))
        {
            if (catalog.FindRoute(name) is { } fallback)
            {
                yield return fallback;
            }
        }
    }

    private static bool HasOther(Catalog catalog, ModelRoute route, StartedJob job, string endpoint)
    {
        foreach (var target in route.Targets)
        {
            if (!catalog.Providers.TryGetValue(target.Provider, out var provider))
            {
                continue;
            }

            foreach (var key in provider.Keys)
            {
                var other = new EndpointId(provider.Name, key.Name, target.Model).ToString();
                if (other != endpoint && !job.Tried.Contains(other))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
