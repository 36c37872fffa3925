using InferenceBroker.Domain.Routing;
using InferenceBroker.Scenarios.Baselines;
using InferenceBroker.Scenarios.Simulation;
using InferenceBroker.Scenarios.Traces;

namespace InferenceBroker.Scenarios.Scenarios;

/// <summary>
/// Workload: 100,000 jobs at 100/s. Traces: three steady providers with room. Baseline: a weighted draw for each job. Goal: the shares are
/// within 1 % of 60/30/10, each of them over every 1,000 jobs, too.
/// </summary>
internal sealed class WeightedShares : IScenario
{
    private const int Seed = 303;
    private const int Window = 1000;
    private static readonly int[] Weights = [60, 30, 10];

    public int Number => 3;

    public string Name => "weighted 60/30/10: worst deviation of a share";

    public ScenarioResult Run(double length)
    {
        var count = (int)(100_000 * length);
        var random = new Random(Seed);
        var drawn = Run((events, providers) => new DirectDispatcher(events, providers, _ => Draw(random.Next(100))), count);
        var broker = Run(
            (events, providers) =>
                new SimulatedBroker(events, SimulatedCatalog.Of(RoutingPolicies.Weighted, providers, Weights), providers, Seed),
            count
        );
        var worst = broker.Chunk(Window).Max(Deviation);
        return new ScenarioResult(
            $"{Deviation(drawn):0.00%} in all, {drawn.Chunk(Window).Max(Deviation):0.0%} in 1,000",
            $"{Deviation(broker):0.000%} in all, {worst:0.00%} in 1,000",
            "within 1 %",
            Deviation(broker) <= 0.01 && worst <= 0.01
        );
    }

    private static int Draw(int percent) =>
        percent < 60 ? 0
        : percent < 90 ? 1
        : 2;

    private static List<SimulatedJob> Run(Func<EventQueue, IReadOnlyList<SimulatedProvider>, IDispatcher> make, int count)
    {
        var events = new EventQueue(World.Start);
        var providers = Weights.Select((_, i) => Provider(i)).ToList();
        var jobs = Enumerable.Range(0, count).Select(Job).ToList();
        Workload.Start(events, make(events, providers), jobs);
        events.RunUntil(jobs[^1].CreatedAt + TimeSpan.FromMinutes(1));
        return jobs;
    }

    private static SimulatedProvider Provider(int number) =>
        new($"p{number}", concurrency: 500, LatencyTrace.Steady(0.3, 0.005, Seed + number), new Random(0));

    private static SimulatedJob Job(int number) =>
        new() { Id = JobIds.Of(number + 1), CreatedAt = World.Start + TimeSpan.FromMilliseconds(10 * number) };

    // As a share of all jobs, in percentage points.
    private static double Deviation(IReadOnlyCollection<SimulatedJob> jobs) =>
        Weights
            .Select(
                (weight, i) =>
                    Math.Abs(
                        ((double)jobs.Count(job => job.Endpoint.StartsWith($"p{i}", StringComparison.Ordinal)) / jobs.Count)
                            - (weight / 100.0)
                    )
            )
            .Max();
}
