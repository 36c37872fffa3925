using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Workers.Execution;

/// <summary>Finds what a target costs: in the job's own route, in its fallbacks, then anywhere in the catalog. Zero where unknown.</summary>
internal static class TargetPrices
{
    public static TokenPrice Find(Catalog catalog, StartedJob job, string provider, string model)
    {
        var route = catalog.FindRoute(job.Route ?? job.Model);
        var target = In(route, provider, model) ?? InFallbacks(catalog, job.Fallbacks, provider, model);
        target ??= InFallbacks(catalog, route?.Fallbacks ?? [], provider, model);
        target ??= catalog.Routes.Select(r => In(r, provider, model)).FirstOrDefault(t => t is not null);
        return target?.Price ?? default;
    }

    private static Target? InFallbacks(Catalog catalog, IReadOnlyList<string> fallbacks, string provider, string model)
    {
        foreach (var name in fallbacks)
        {
            if (In(catalog.FindRoute(name), provider, model) is { } target)
            {
                return target;
            }
        }

        return null;
    }

    private static Target? In(ModelRoute? route, string provider, string model)
    {
        foreach (var target in route?.Targets ?? [])
        {
            if (target.Provider == provider && target.Model == model)
            {
                return target;
            }
        }

        return null;
    }
}
