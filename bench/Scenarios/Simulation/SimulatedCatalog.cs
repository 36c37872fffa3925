using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Scenarios.Simulation;

/// <summary>The configuration of a scenario, made from its providers; replaceable, as by a reload.</summary>
internal sealed class SimulatedCatalog(Catalog catalog) : ICatalogSource
{
    public Catalog Current { get; set; } = catalog;

    /// <summary>A route <c>m</c> over all providers with one weight each.</summary>
    public static SimulatedCatalog Of(string policy, IReadOnlyList<SimulatedProvider> providers, params int[] weights)
    {
        var targets = providers.Select((provider, i) => TargetOf(provider.Name, weights.Length == 0 ? 1 : weights[i]));
        return new SimulatedCatalog(Of([.. providers.Select(DefinitionOf)], new ModelRoute("m", policy, [.. targets], [])));
    }

    public static Catalog Of(IReadOnlyList<ProviderDefinition> providers, params ModelRoute[] routes) =>
        new(providers.ToDictionary(provider => provider.Name), routes, new JobLimits());

    public static ProviderDefinition DefinitionOf(SimulatedProvider provider) =>
        new(
            provider.Name,
            "simulated",
            provider.Concurrency,
            provider.Limits.Count == 0
                ? [new ProviderKey("default", RequestsPerMinute: null, TokensPerMinute: null, Concurrency: null, Weight: 1)]
                : [.. provider.Limits.Select(limit => limit.Value.AsKey(limit.Key))]
        );

    public static Target TargetOf(string provider, int weight) => new(provider, "m", weight, default(TokenPrice));
}
