using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Policies;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>The routes of the catalog in force. Belongs to the dispatch loop: not thread safe.</summary>
internal sealed class RouteTable(CreditBook credits, RoutingPolicyLookup policies, HealthBook health)
{
    // Patterns let callers invent names; the table is only a cache and starts anew when they do.
    private const int MostModels = 10_000;

    private readonly Dictionary<ModelRoute, RouteState> _routes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, ModelState> _models = [];
    private readonly Dictionary<string, OutputCalibration> _answers = [];
    private readonly RouteState _unknown = new(new ModelRoute("", RoutingPolicies.Weighted, [], []), new WeightedPolicy(), []);

    public Catalog? Catalog { get; private set; }

    public void Apply(Catalog catalog, DateTimeOffset now)
    {
        Catalog = catalog;
        credits.Apply(catalog, now);
        _routes.Clear();
        _models.Clear();
        foreach (var route in catalog.Routes)
        {
            var candidates = route.Targets.SelectMany((target, i) => CandidatesOf(new TargetState(target, i), catalog));
            _routes.Add(route, new RouteState(route, policies.Find(route.Policy), [.. candidates]));
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
        model = new ModelState(name, route is null ? _unknown : _routes[route], AnswersOf(name));
        _models.Add(name, model);
        return model;
    }

    // Kept over a new catalog: the models are the same.
    private OutputCalibration AnswersOf(string name)
    {
        if (!_answers.TryGetValue(name, out var answers))
        {
            if (_answers.Count >= MostModels)
            {
                _answers.Clear();
            }

            answers = new OutputCalibration();
            _answers.Add(name, answers);
        }

        return answers;
    }

    private IEnumerable<Candidate> CandidatesOf(TargetState target, Catalog catalog)
    {
        if (!catalog.Providers.TryGetValue(target.Target.Provider, out var provider))
        {
            return [];
        }

        return provider.Keys.Select(key =>
        {
            var id = new EndpointId(provider.Name, key.Name, target.Target.Model);
            return new Candidate(target, credits.Endpoint(id), key.Weight, health.Endpoint(id));
        });
    }
}
