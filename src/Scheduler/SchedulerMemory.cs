using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Fairness;
using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Admission;
using InferenceBroker.Scheduler.Budgets;
using InferenceBroker.Scheduler.Controls;
using InferenceBroker.Scheduler.Dispatch;
using InferenceBroker.Scheduler.Health;
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
    private static readonly TimeSpan HealthInterval = TimeSpan.FromMilliseconds(100);

    private readonly ICatalogSource _catalogs;
    private readonly LaneDemand _demand = new();
    private readonly Random _random;
    private DateTimeOffset _nextAdvance = DateTimeOffset.MinValue;

    /// <param name="random">Null: chance. A seeded one makes a run repeatable.</param>
    public SchedulerMemory(ICatalogSource catalogs, RoutingPolicyLookup policies, SchedulerOptions options, Random? random = null)
    {
        _catalogs = catalogs;
        _random = random ?? Random.Shared;
        var settings = new BudgetSettings(options.DispatchAhead, options.BurstFactor);
        Credits = new CreditBook(settings);
        Health = new HealthBook(new HealthSettings { Parking = new ParkingSettings { ParksKeys = options.ParkKeys } });
        Accounts = new AccountBook(settings);
        Routes = new RouteTable(Credits, policies, Health);
        Index = new JobIndex(Routes, Credits, Accounts, _demand, options);
        Settler = new Settler(Index, Credits, options, _random.NextDouble);
        Chooser = new EndpointChooser(Routes, _demand, Decisions, _random.NextDouble);
        Planner = new RoundPlanner(Index, Chooser, _demand);
        Reading = new QueueReading(Index, Settler, options);
        InFlight = new InFlightCheck(Index, Credits, Health, Settler, options);
        Controls = new ControlBook(Health, Index);
        Snapshots = new HealthSnapshots(Health);
    }

    public CreditBook Credits { get; }

    public HealthBook Health { get; }

    /// <summary>The budgets of tenants and API keys.</summary>
    public AccountBook Accounts { get; }

    public RouteTable Routes { get; }

    public JobIndex Index { get; }

    public Settler Settler { get; }

    public DecisionLog Decisions { get; } = new();

    public EndpointChooser Chooser { get; }

    public RoundPlanner Planner { get; }

    public QueueReading Reading { get; }

    public InFlightCheck InFlight { get; }

    /// <summary>What operators want of providers, keys and endpoints.</summary>
    public ControlBook Controls { get; }

    public HealthSnapshots Snapshots { get; }

    /// <summary>Lets time pass for what is measured, a few times a second.</summary>
    public void AdvanceHealth(DateTimeOffset now)
    {
        if (now >= _nextAdvance)
        {
            _nextAdvance = now + HealthInterval;
            Health.Advance(now, _random);
        }
    }

    /// <summary>Takes over a catalog that was reloaded.</summary>
    public void RefreshCatalog(DateTimeOffset now)
    {
        var catalog = _catalogs.Current;
        if (!ReferenceEquals(catalog, Routes.Catalog))
        {
            if (Routes.Catalog is not null)
            {
                Health.NoteNewConfiguration();
            }

            Routes.Apply(catalog, now);
            Index.Reroute();
        }
    }
}
