using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Admission;
using InferenceBroker.Scheduler.Dispatch;
using InferenceBroker.Scheduler.Inquiries;
using InferenceBroker.Scheduler.Recovery;
using InferenceBroker.Scheduler.Settlement;

namespace InferenceBroker.Scheduler;

/// <summary>
/// All that a leader knows: made new for every term, rebuilt from the database, gone with the term. Belongs to the dispatch loop: not thread
/// safe.
/// </summary>
internal sealed class SchedulerMemory
{
    private readonly ICatalogSource _catalogs;

    public SchedulerMemory(ICatalogSource catalogs, RoutingPolicyLookup policies, SchedulerOptions options)
    {
        _catalogs = catalogs;
        Credits = new CreditBook(new BudgetSettings(options.DispatchAhead, options.BurstFactor));

        // The one place where policies get what is known of an endpoint's health.
        Routes = new RouteTable(Credits, policies, _ => UnknownMeasures.Instance);
        Index = new JobIndex(Routes, Credits, options);
        Settler = new Settler(Index, Credits, options);
        Chooser = new EndpointChooser(Routes, Random.Shared.NextDouble, Decisions);
        Planner = new RoundPlanner(Index, Chooser);
        Reading = new QueueReading(Index, Settler, options);
        InFlight = new InFlightCheck(Index, Credits, Settler, options);
    }

    public CreditBook Credits { get; }

    public RouteTable Routes { get; }

    public JobIndex Index { get; }

    public Settler Settler { get; }

    public DecisionLog Decisions { get; } = new();

    public EndpointChooser Chooser { get; }

    public RoundPlanner Planner { get; }

    public QueueReading Reading { get; }

    public InFlightCheck InFlight { get; }

    /// <summary>Takes over a catalog that was reloaded.</summary>
    public void RefreshCatalog(DateTimeOffset now)
    {
        var catalog = _catalogs.Current;
        if (!ReferenceEquals(catalog, Routes.Catalog))
        {
            Routes.Apply(catalog, now);
            Index.Reroute();
        }
    }
}
