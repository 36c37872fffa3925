using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>The routes of the catalog in force. Belongs to the dispatch loop: not thread safe.</summary>
internal sealed class RouteTable(CreditBook credits, RoutingPolicyLookup policies)
{
    // Patterns let callers invent names; the table is only a cache and starts anew when they do.
    private const int MostModels = 10_000;

    private readonly Dictionary<ModelRoute, RouteState> _routes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, ModelState> _models = [];
    private readonly RouteState _unknown = new(new WeightedPolicy(), [], []);

    public Catalog? Catalog { get; private set; }

    public void Apply(Catalog catalog, DateTimeOffset now)
    {
        Catalog = catalog;
        credits.Apply(catalog, now);
        _routes.Clear();
        _models.Clear();
        foreach (var route in catalog.Routes)
        {
            var targets = route.Targets.Select(t => StateOf(t, catalog)).OfType<TargetState>();
            _routes.Add(route, new RouteState(policies.Find(route.Policy), [.. targets], route.Fallbacks));
        }
    }

    /// <summary>A model without a route gets one without targets: its jobs wait until the configuration has one, or for their deadline.</summary>
    public ModelState ModelOf(string name)
    {
        if (_models.TryGetValue(name, out var model))
        {
            return model;
        }

        if (_models.Count >= MostModels)
        {
            _models.Clear();
        }

        var route = Catalog?.FindRoute(name);
        model = new ModelState(name, route is null ? _unknown : _routes[route]);
        _models.Add(name, model);
        return model;
    }

    private TargetState? StateOf(Target target, Catalog catalog)
    {
        if (!catalog.Providers.TryGetValue(target.Provider, out var provider))
        {
            return null;
        }

        var keys = provider.Keys.Select(key => new KeyState(
            credits.Endpoint(new EndpointId(provider.Name, key.Name, target.Model)),
            key.Weight
        ));
        return new TargetState(target, [.. keys]);
    }
}
