using InferenceBroker.Domain.Routing;
using InferenceBroker.Scenarios.Baselines;
using InferenceBroker.Scenarios.Simulation;
using InferenceBroker.Scenarios.Traces;

namespace InferenceBroker.Scenarios.Scenarios;

/// <summary>
/// Workload: 20 jobs/s over two providers for 30 min. Traces: the first one is dead for 10 min; calls under way die with it, new ones are
/// refused within 0.3 s. Baseline: round robin with a retry elsewhere. Goals: at most 10 calls begin at the dead one, probes included; from
/// the first probe after its recovery on it takes at most 90 s until it has its full share.
/// </summary>
internal sealed class DeadProvider : IScenario
{
    private const int Seed = 909;
    private const double JobsPerSecond = 20;
    private static readonly DateTimeOffset Dies = World.Start + TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Recovers = Dies + TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    public int Number => 9;

    public string Name => "dead provider: calls wasted; time to full share";

    public ScenarioResult Run(double length)
    {
        var time = TimeSpan.FromMinutes(30) * length;
        var baseline = Providers();
        Run((events, providers) => new DirectDispatcher(events, providers, DirectDispatcher.RoundRobin(2), retries: 3), baseline, time);
        var providers = Providers();
        var jobs = Run(
            (events, all) => new SimulatedBroker(events, SimulatedCatalog.Of(RoutingPolicies.Weighted, all), all, Seed),
            providers,
            time
        );
        var atFirst = jobs.Where(job => job.Endpoint.StartsWith("p0", StringComparison.Ordinal) && job.StartedAt > Recovers).ToList();
        var probe = atFirst.Count == 0 ? DateTimeOffset.MaxValue : atFirst.Min(job => job.StartedAt);
        var full = FullShare(jobs, probe);
        var failed = jobs.Count(job => !job.IsAnswered);
        return new ScenarioResult(
            $"{baseline[0].Wasted:N0} calls",
            $"{providers[0].Wasted} calls; {full.TotalSeconds:0} s, {failed} jobs failed",
            "≤ 10 calls; ≤ 90 s after the next probe",
            providers[0].Wasted <= 10 && full <= TimeSpan.FromSeconds(90) && failed == 0
        )
        {
            Figures = { ["s from recovery to the next probe"] = (probe - Recovers).TotalSeconds },
        };
    }

    private static List<SimulatedProvider> Providers() =>
        [
            new("p0", concurrency: 100, LatencyTrace.Steady(0.5, 0.01, Seed), new Random(Seed))
            {
                Outages = new OutageTrace([new Outage(Dies, Recovers)]),
            },
            new("p1", concurrency: 100, LatencyTrace.Steady(0.5, 0.01, Seed + 1), new Random(Seed)),
        ];

    private static List<SimulatedJob> Run(
        Func<EventQueue, IReadOnlyList<SimulatedProvider>, IDispatcher> make,
        List<SimulatedProvider> providers,
        TimeSpan time
    )
    {
        var events = new EventQueue(World.Start);
        var random = new Random(Seed);
        var jobs = new List<SimulatedJob>();
        for (var at = World.Start; at < World.Start + time; at += random.NextGap(JobsPerSecond))
        {
            jobs.Add(new SimulatedJob { Id = JobIds.Of(jobs.Count + 1), CreatedAt = at });
        }

        Workload.Start(events, make(events, providers), jobs);
        events.RunUntil(World.Start + time + TimeSpan.FromMinutes(5));
        return jobs;
    }

    // Full: nine tenths of its half, since chance moves the numbers of 10 s.
    private static TimeSpan FullShare(List<SimulatedJob> jobs, DateTimeOffset probe)
    {
        for (var from = probe; from < probe + TimeSpan.FromMinutes(10); from += TimeSpan.FromSeconds(1))
        {
            var inWindow = jobs.Where(job => job.StartedAt >= from && job.StartedAt < from + Window).ToList();
            var first = inWindow.Count(job => job.Endpoint.StartsWith("p0", StringComparison.Ordinal));
            if (inWindow.Count > 0 && first >= 0.45 * inWindow.Count)
            {
                return from - probe;
            }
        }

        return TimeSpan.MaxValue;
    }
}
