using InferenceBroker.Domain.Routing;
using InferenceBroker.Scenarios.Baselines;
using InferenceBroker.Scenarios.Simulation;
using InferenceBroker.Scenarios.Traces;

namespace InferenceBroker.Scenarios.Scenarios;

/// <summary>
/// Workload: for an hour 95 % of what the providers can do; a fifth of the jobs each has to be answered within 15 s, 30 s, 2 min, 10 min or
/// 1 h; four tenants; answers of different lengths that nobody knows before. Arrivals come in waves of ten minutes, 20 % up and down. Traces:
/// two providers of 50 calls each. Baseline: first come, first served. Goal: 99 % of the feasible jobs in time; feasible is what would be in
/// time if it began on arrival.
/// </summary>
internal sealed class Deadlines : IScenario
{
    private const int Seed = 1010;
    private const double SecondsPerJob = 4.06;
    private const double Load = 0.95;
    private static readonly double[] Limits = [15, 30, 120, 600, 3600];

    public int Number => 10;

    public string Name => "deadlines at 95 % load: in time";

    public ScenarioResult Run(double length)
    {
        var time = TimeSpan.FromHours(1) * length;
        var fifo = Share((events, providers) => new FifoDispatcher(events, providers), time);
        var broker = Share(
            (events, providers) =>
                new SimulatedBroker(
                    events,
                    SimulatedCatalog.Of(RoutingPolicies.LeastBusy, providers),
                    providers,
                    Seed,
                    new() { IndexCapacity = 100_000 }
                ),
            time
        );
        return new ScenarioResult($"{fifo.InTime:0.0%}", $"{broker.InTime:0.00%}", "≥ 99 % of the feasible ones", broker.InTime >= 0.99)
        {
            Figures =
            {
                ["jobs"] = broker.Jobs,
                ["p95 wait s"] = broker.P95Wait,
                ["p95 wait s, FIFO"] = fifo.P95Wait,
            },
        };
    }

    private static (double InTime, double P95Wait, int Jobs) Share(
        Func<EventQueue, IReadOnlyList<SimulatedProvider>, IDispatcher> make,
        TimeSpan time
    )
    {
        var events = new EventQueue(World.Start);
        var providers = Enumerable
            .Range(0, 2)
            .Select(i => new SimulatedProvider($"p{i}", 50, LatencyTrace.Steady(0.5, 0.012, Seed + i), new Random(0)))
            .ToList();
        var jobs = Jobs(time);
        Workload.Start(events, make(events, providers), jobs);
        events.RunUntil(World.Start + time + TimeSpan.FromHours(2));
        var feasible = jobs.Where(job => job.Deadline - job.CreatedAt >= TimeSpan.FromSeconds(0.6 + (0.0125 * job.OutputTokens))).ToList();
        var inTime = feasible.Count(job => job.IsAnswered && job.EndedAt <= job.Deadline);
        var waits = jobs.Where(job => job.IsAnswered).Select(job => job.Wait.TotalSeconds);
        return ((double)inTime / feasible.Count, Percentile.Of(waits, 0.95), jobs.Count);
    }

    private static List<SimulatedJob> Jobs(TimeSpan time)
    {
        var random = new Random(Seed);
        var jobs = new List<SimulatedJob>();
        var perSecond = Load * 100 / SecondsPerJob;
        for (var at = World.Start; at < World.Start + time; )
        {
            jobs.Add(
                new SimulatedJob
                {
                    Id = JobIds.Of(jobs.Count + 1),
                    Tenant = 1 + random.Next(4),
                    CreatedAt = at,
                    Deadline = at + TimeSpan.FromSeconds(Limits[random.Next(Limits.Length)]),
                    OutputTokens = Math.Min((int)random.NextLogNormal(250, 0.5) + 1, 1500),
                }
            );
            var wave = 1 + (0.2 * Math.Sin((at - World.Start).TotalMinutes * Math.PI / 5));
            at += random.NextGap(perSecond * wave);
        }

        return jobs;
    }
}
