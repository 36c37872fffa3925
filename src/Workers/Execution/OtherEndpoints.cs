using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Workers.Execution;

/// <summary>Is there an endpoint that can serve a job and has not failed it yet? Asks the routes that the scheduler would ask.</summary>
internal static class OtherEndpoints
{
    public static bool Exist(Catalog catalog, StartedJob job, string endpoint)
    {
        var own = catalog.FindRoute(job.Route ?? job.Model);
        return RoutesOf(catalog, own, job).Any(route => ExistIn(route, catalog, job, endpoint));
    }

    public static bool ExistIn(ModelRoute route, Catalog catalog, StartedJob job, string endpoint)
    {
        var needs = NeedsOf(job);
        foreach (var target in route.Targets)
        {
            if (!Eligibility.CanServe(target, needs) || !catalog.Providers.TryGetValue(target.Provider, out var provider))
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

    private static JobNeeds NeedsOf(StartedJob job) =>
        new((Capabilities)job.Needs & Capabilities.All, job.EstimatedInputTokens, Math.Max(0, job.EstimatedOutputTokens), Placement: null);

    private static IEnumerable<ModelRoute> RoutesOf(Catalog catalog, ModelRoute? own, StartedJob job)
    {
        if (own is not null)
        {
            yield return own;
        }

        foreach (var name in LargerContextOf(own, job).Concat(job.Fallbacks).Concat(own?.Fallbacks ?? []))
        {
            if (catalog.FindRoute(name) is { } fallback)
            {
                yield return fallback;
            }
        }
    }

    private static IEnumerable<string> LargerContextOf(ModelRoute? own, StartedJob job) =>
        own?.LargerContext is { } larger && own.Targets.Any(t => Eligibility.Check(t, NeedsOf(job)) == IneligibleReason.ContextTooSmall)
            ? [larger]
            : [];
}
