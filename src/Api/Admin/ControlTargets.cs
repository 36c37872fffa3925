using InferenceBroker.Api.Errors;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Api.Admin;

/// <summary>Finds what a control names in the catalog in force.</summary>
internal static class ControlTargets
{
    /// <param name="key">Null: the whole provider.</param>
    /// <param name="model">Null: the whole key.</param>
    public static (string? Target, ApiError? Error) Find(Catalog catalog, string provider, string? key = null, string? model = null)
    {
        if (!catalog.Providers.TryGetValue(provider, out var found))
        {
            return (null, ApiError.NotConfigured("provider", provider, catalog.Providers.Keys));
        }

        if (key is null)
        {
            return (provider, null);
        }

        if (!found.Keys.Any(k => k.Name == key))
        {
            return (null, ApiError.NotConfigured("key", key, found.Keys.Select(k => k.Name)));
        }

        if (model is null)
        {
            return ($"{provider}/{key}", null);
        }

        return Serves(catalog, provider, model)
            ? (new EndpointId(provider, key, model).ToString(), null)
            : (null, ApiError.NotConfigured("model", model, ModelsOf(catalog, provider)));
    }

    /// <summary>The upstream models that routes name for the provider; <c>*</c> where one passes on the name that is asked for.</summary>
    public static IEnumerable<string> ModelsOf(Catalog catalog, string provider) =>
        TargetsOf(catalog, provider).Select(t => t.Model).Distinct(StringComparer.Ordinal);

    /// <summary>A rule may send any name to a target that passes it on.</summary>
    private static bool Serves(Catalog catalog, string provider, string model) =>
        model is { Length: > 0 and <= 500 }
        && model != "*"
        && TargetsOf(catalog, provider)
            .Any(t => t.Model == model || (t.Model == "*" && (catalog.FindRoute(model) is not null || catalog.Rules.Rules.Count > 0)));

    private static IEnumerable<Target> TargetsOf(Catalog catalog, string provider) =>
        catalog.Routes.SelectMany(r => r.Targets).Where(t => t.Provider == provider);
}
