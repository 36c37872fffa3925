using InferenceBroker.Domain.Routing.Rules;

namespace InferenceBroker.Domain.Routing;

/// <summary>Everything that is configured about providers and models: immutable; a reload makes a new one.</summary>
public sealed class Catalog(IReadOnlyDictionary<string, ProviderDefinition> providers, IReadOnlyList<ModelRoute> routes, JobLimits limits)
{
    private readonly Dictionary<string, ModelRoute> _exact = routes.Where(r => !r.IsPattern).ToDictionary(r => r.Name);
    private readonly ModelRoute[] _patterns = [.. routes.Where(r => r.IsPattern).OrderByDescending(r => r.Name.Length)];

    public IReadOnlyDictionary<string, ProviderDefinition> Providers { get; } = providers;

    public IReadOnlyList<ModelRoute> Routes { get; } = routes;

    public JobLimits Limits { get; } = limits;

    /// <summary>They decide the route of a new job before its model's name does.</summary>
    public RuleSet Rules { get; init; } = RuleSet.None;

    /// <summary>The route of a public model name: an exact name first, then the longest pattern. Null: unknown model.</summary>
    public ModelRoute? FindRoute(string model) =>
        _exact.TryGetValue(model, out var route) ? route : Array.Find(_patterns, r => r.Matches(model));
}
