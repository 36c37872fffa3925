using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>A catalog in a few words. Providers named in targets are made with the default concurrency.</summary>
internal sealed class TestCatalog : ICatalogSource
{
    private readonly Dictionary<string, ProviderDefinition> _providers = [];
    private readonly List<ModelRoute> _routes = [];
    private Catalog? _current;

    public Catalog Current =>
        _current ??= new Catalog(new Dictionary<string, ProviderDefinition>(_providers), [.. _routes], new JobLimits());

    public TestCatalog Provider(string name, int concurrency = 1000, int? requests = null, int? tokens = null) =>
        Provider(name, concurrency, new ProviderKey("default", requests, tokens, Concurrency: null, Weight: 1));

    public TestCatalog Provider(string name, int concurrency, params ProviderKey[] keys)
    {
        _providers[name] = new ProviderDefinition(name, "simulated", concurrency, keys);
        _current = null;
        return this;
    }

    /// <param name="targets">Provider and weight; the upstream model is <c>m</c>.</param>
    public TestCatalog Route(string name, params (string Provider, int Weight)[] targets) => Route(name, [], targets);

    public TestCatalog Route(string name, IReadOnlyList<string> fallbacks, params (string Provider, int Weight)[] targets) =>
        Route(
            new ModelRoute(
                name,
                RoutingPolicies.Weighted,
                [.. targets.Select(t => new Target(t.Provider, "m", t.Weight, default(TokenPrice)))],
                fallbacks
            )
        );

    public TestCatalog Route(ModelRoute route)
    {
        _routes.RemoveAll(r => r.Name == route.Name);
        _routes.Add(route);
        foreach (var target in route.Targets.Where(t => !_providers.ContainsKey(t.Provider)))
        {
            Provider(target.Provider);
        }

        _current = null;
        return this;
    }
}
