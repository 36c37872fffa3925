using InferenceBroker.Domain.Routing;
using InferenceBroker.Scenarios.Baselines;
using InferenceBroker.Scenarios.Simulation;
using InferenceBroker.Scenarios.Traces;

namespace InferenceBroker.Scenarios.Scenarios;

/// <summary>
/// Workload: on and off in turn for an hour, 10 s at 180 % of capacity and 30 s at 30 %. Traces: five endpoints whose log-normal latency
/// drifts by a factor of two up and down within minutes. Baseline: round robin, which sends at once; the broker's own `round-robin` beside
/// it. Goal: p95 from submission to answer of the policy `latency` 40 % lower.
/// </summary>
internal sealed class Bursts : IScenario
{
    private const int Seed = 202;
    private const int Endpoints = 5;
    private const int Concurrency = 40;
    private const double SecondsPerJob = 2.5;
    private static readonly TimeSpan On = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Cycle = TimeSpan.FromSeconds(40);

    public int Number => 2;

    public string Name => "bursts: p95 of the latency policy";

    public ScenarioResult Run(double length)
    {
        var hour = TimeSpan.FromHours(1) * length;
        var roundRobin = P95((events, providers) => new DirectDispatcher(events, providers, DirectDispatcher.RoundRobin(Endpoints)), hour);
        var own = P95((events, providers) => Broker(RoutingPolicies.RoundRobin, events, providers), hour);
        var latency = P95((events, providers) => Broker(RoutingPolicies.Latency, events, providers), hour);
        var change = (latency / roundRobin) - 1;
        return new ScenarioResult($"{roundRobin:0.0} s", $"{latency:0.0} s ({change:+0 %;−0 %})", "≤ −40 %", change <= -0.4)
        {
            Figures =
            {
                ["p95 s, broker's round-robin"] = own,
                ["change to broker's round-robin"] = (latency / own) - 1,
                ["p95 s, broker's least-busy"] = P95((events, providers) => Broker(RoutingPolicies.LeastBusy, events, providers), hour),
            },
        };
    }

    private static SimulatedBroker Broker(string policy, EventQueue events, IReadOnlyList<SimulatedProvider> providers) =>
        new(events, SimulatedCatalog.Of(policy, providers), providers, Seed);

    private static double P95(Func<EventQueue, IReadOnlyList<SimulatedProvider>, IDispatcher> make, TimeSpan hour)
    {
        var events = new EventQueue(World.Start);
        var providers = Enumerable.Range(0, Endpoints).Select(Provider).ToList();
        var jobs = Jobs(hour);
        Workload.Start(events, make(events, providers), jobs);
        events.RunUntil(World.Start + hour + TimeSpan.FromHours(1));
        return Percentile.Of(jobs.Select(job => job.Took.TotalSeconds), 0.95);
    }

    private static SimulatedProvider Provider(int number)
    {
        var drift = new Drift(Math.Log(2), TimeSpan.FromMinutes(2), new Random(Seed + number));
        var latency = new LatencyTrace(0.4, 0.01, 0.3, drift, new Random(Seed + 100 + number));
        return new SimulatedProvider($"p{number}", Concurrency, latency, new Random(0));
    }

    private static List<SimulatedJob> Jobs(TimeSpan hour)
    {
        var random = new Random(Seed);
        var jobs = new List<SimulatedJob>();
        var capacity = Endpoints * Concurrency / SecondsPerJob;
        for (var at = World.Start; at < World.Start + hour; )
        {
            jobs.Add(
                new SimulatedJob
                {
                    Id = JobIds.Of(jobs.Count + 1),
                    CreatedAt = at,
                    OutputTokens = (int)random.NextLogNormal(150, 0.4) + 1,
                }
            );
            var isOn = (at - World.Start).Ticks % Cycle.Ticks < On.Ticks;
            at += random.NextGap(capacity * (isOn ? 1.8 : 0.3));
        }

        return jobs;
    }
}
