namespace InferenceBroker.Domain.Routing;

/// <summary>Finds the model name that a provider is asked for, where all that is known of an attempt is its endpoint.</summary>
public static class UpstreamModelName
{
    /// <summary>
    /// A target <c>*</c> passes on the name by which its route was reached: the job's own model, or the name of a fallback. The order is the one in
    /// which the scheduler tries the routes, so that the first one that holds the endpoint is the one that was taken. A fallback that is itself a
    /// pattern names no model; the job's own name goes there.
    /// </summary>
    /// <param name="fallbacks">The job's own, where they are known.</param>
    /// <param name="jobRoute">The route that a rule or a failure chose for the job; null: the one of its model.</param>
    public static string Of(
        Catalog catalog,
        string jobModel,
        IReadOnlyList<string> fallbacks,
        string provider,
        string endpointModel,
        string? jobRoute = null
    )
    {
        if (endpointModel != "*")
        {
            return endpointModel;
        }

        var own = catalog.FindRoute(jobRoute ?? jobModel);
        if (Holds(own, provider))
        {
            return NameOf(jobRoute, jobModel);
        }

        return NameAmong(catalog, jobModel, fallbacks, provider)
            ?? NameAmong(catalog, jobModel, own?.Fallbacks ?? [], provider)
            ?? NameAmong(catalog, jobModel, own?.LargerContext is { } larger ? [larger] : [], provider)
            ?? jobModel;
    }

    /// <summary>Null: none of them leads to the endpoint.</summary>
    private static string? NameAmong(Catalog catalog, string jobModel, IReadOnlyList<string> fallbacks, string provider)
    {
        foreach (var name in fallbacks)
        {
            if (Holds(catalog.FindRoute(name), provider))
            {
                return NameOf(name, jobModel);
            }
        }

        return null;
    }

    private static string NameOf(string? route, string jobModel) => route is null || route.EndsWith('*') ? jobModel : route;

    private static bool Holds(ModelRoute? route, string provider)
    {
        foreach (var target in route?.Targets ?? [])
        {
            if (target.Model == "*" && target.Provider == provider)
            {
                return true;
            }
        }

        return false;
    }
}
