using InferenceBroker.Domain.Routing;
using InferenceBroker.Scenarios.Simulation;
using InferenceBroker.Scenarios.Traces;

namespace InferenceBroker.Scenarios.Scenarios;

/// <summary>
/// Workload: 40 jobs/s for 10 min. Traces: two steady providers, each with room for all. After 5 min a new configuration moves all weight from
/// the first to the second one. Baseline: a new process with the new configuration: what is under way at the old one is lost. Goal: no job
/// fails, none waits longer than 100 ms, none goes to the old one after the move.
/// </summary>
internal sealed class Migration : IScenario
{
    private const int Seed = 707;
    private const double JobsPerSecond = 40;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    public int Number => 7;

    public string Name => "migration under load: failed or delayed jobs";

    public ScenarioResult Run(double length)
    {
        var time = TimeSpan.FromMinutes(10) * length;
        var moved = World.Start + (time / 2);
        var events = new EventQueue(World.Start);
        List<SimulatedProvider> providers = [Provider("old"), Provider("new")];
        var catalog = new SimulatedCatalog(MakeCatalog(providers, "old"));
        var broker = new SimulatedBroker(events, catalog, providers, Seed);
        var jobs = Jobs(time);
        Workload.Start(events, broker, jobs);
        events.RunUntil(moved);
        var underWay = jobs.Count(job => job.CreatedAt <= moved && job.EndedAt is null);
        catalog.Current = MakeCatalog(providers, "new");
        broker.Wake();
        events.RunUntil(World.Start + time + TimeSpan.FromMinutes(5));

        var failed = jobs.Count(job => !job.IsAnswered);
        var delayed = jobs.Count(job => job.Wait > Delay);
        var stray = jobs.Count(job => job.CreatedAt > moved && job.Endpoint.StartsWith("old", StringComparison.Ordinal));
        return new ScenarioResult(
            $"{underWay} failed",
            $"{failed} failed, {delayed} delayed, {stray} astray",
            "none",
            failed + delayed + stray == 0
        )
        {
            Figures =
            {
                ["jobs"] = jobs.Count,
                ["longest wait ms"] = jobs.Max(job => job.Wait.TotalMilliseconds),
                ["answered by the old one after the move"] = jobs.Count(job =>
                    job.EndedAt > moved && job.Endpoint.StartsWith("old", StringComparison.Ordinal)
                ),
            },
        };
    }

    private static SimulatedProvider Provider(string name) =>
        new(name, concurrency: 200, LatencyTrace.Steady(0.5, 0.01, Seed), new Random(0));

    private static Catalog MakeCatalog(List<SimulatedProvider> providers, string only) =>
        SimulatedCatalog.Of(
            [.. providers.Select(SimulatedCatalog.DefinitionOf)],
            new ModelRoute("m", RoutingPolicies.Weighted, [SimulatedCatalog.TargetOf(only, weight: 100)], [])
        );

    private static List<SimulatedJob> Jobs(TimeSpan time)
    {
        var random = new Random(Seed);
        var jobs = new List<SimulatedJob>();
        for (var at = World.Start; at < World.Start + time; at += random.NextGap(JobsPerSecond))
        {
            jobs.Add(new SimulatedJob { Id = JobIds.Of(jobs.Count + 1), CreatedAt = at });
        }

        return jobs;
    }
}
