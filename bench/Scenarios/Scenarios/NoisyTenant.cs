using InferenceBroker.Domain.Routing;
using InferenceBroker.Scenarios.Baselines;
using InferenceBroker.Scenarios.Simulation;
using InferenceBroker.Scenarios.Traces;

namespace InferenceBroker.Scenarios.Scenarios;

/// <summary>
/// Workload: nine quiet tenants with one job every 2 s each; a noisy one submits 50,000 jobs at once in the same lane. After 10 min the quiet
/// ones submit 1,500 jobs each, with answers of different lengths, so that all ten are backlogged. Traces: two steady providers of 50 calls
/// each. Baseline: one queue, first come, first served. Goals: Jain's index of the tokens served while all are backlogged ≥ 0.99; the quiet
/// tenants' p95 from submission to answer ≤ 1.2 × what it is without the noisy one.
/// </summary>
internal sealed class NoisyTenant : IScenario
{
    private const int Seed = 808;
    private const int Quiet = 9;
    private const int NoisyId = 10;
    private const int Backlog = 1500;
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Contest = TimeSpan.FromMinutes(3);

    public int Number => 8;

    public string Name => "noisy tenant: Jain index; quiet p95";

    public ScenarioResult Run(double length)
    {
        var fifo = Measure((events, providers) => new FifoDispatcher(events, providers), withNoise: true, length);
        var alone = Measure(Broker, withNoise: false, length);
        var noisy = Measure(Broker, withNoise: true, length);
        var ratio = noisy.P95 / alone.P95;
        return new ScenarioResult(
            $"{fifo.Jain:0.000}; {fifo.P95 / alone.P95:0} × alone",
            $"{noisy.Jain:0.0000}; {ratio:0.00} × alone",
            "≥ 0.99; ≤ 1.2 × alone",
            noisy.Jain >= 0.99 && ratio <= 1.2
        )
        {
            Figures =
            {
                ["quiet p95 s, alone"] = alone.P95,
                ["quiet p95 s, beside the noisy one"] = noisy.P95,
                ["quiet p95 wait s, alone"] = alone.P95Wait,
                ["quiet p95 wait s, beside the noisy one"] = noisy.P95Wait,
            },
        };
    }

    private static SimulatedBroker Broker(EventQueue events, IReadOnlyList<SimulatedProvider> providers) =>
        new(events, SimulatedCatalog.Of(RoutingPolicies.LeastBusy, providers), providers, Seed, new() { IndexCapacity = 100_000 });

    private static Outcome Measure(Func<EventQueue, IReadOnlyList<SimulatedProvider>, IDispatcher> make, bool withNoise, double length)
    {
        var events = new EventQueue(World.Start);
        var providers = Enumerable.Range(0, 2).Select(Provider).ToList();
        var calm = Calm * length;
        var quiet = QuietJobs(calm);
        var all = quiet.Concat(withNoise ? NoisyJobs((int)(50_000 * length)) : []).Concat(BacklogJobs(World.Start + calm)).ToList();
        Workload.Start(events, make(events, providers), all.OrderBy(job => job.CreatedAt));
        events.RunUntil(World.Start + calm + Contest);
        return new Outcome(
            Jain(TokensOf(all, World.Start + calm, World.Start + calm + Contest)),
            Percentile.Of(quiet.Select(job => Math.Min(job.Took.TotalSeconds, 3600)), 0.95),
            Percentile.Of(quiet.Select(job => job.Wait.TotalSeconds), 0.95)
        );
    }

    private static SimulatedProvider Provider(int number) =>
        new($"p{number}", concurrency: 50, LatencyTrace.Steady(0.5, 0.01, Seed + number), new Random(0));

    private static List<SimulatedJob> QuietJobs(TimeSpan calm)
    {
        var random = new Random(Seed);
        var jobs = new List<SimulatedJob>();
        for (var at = World.Start; at < World.Start + calm; at += random.NextGap(Quiet / 2.0))
        {
            jobs.Add(Job(1_000_000 + jobs.Count, 1 + random.Next(Quiet), at, (int)random.NextLogNormal(150, 0.5) + 1));
        }

        return jobs;
    }

    private static IEnumerable<SimulatedJob> NoisyJobs(int count)
    {
        var random = new Random(Seed + 1);
        return Enumerable.Range(1, count).Select(i => Job(i, NoisyId, World.Start, (int)random.NextLogNormal(150, 0.5) + 1));
    }

    // Tenant 1 asks for the shortest answers and tenant 9 for the longest: equal numbers of jobs would not be fair.
    private static IEnumerable<SimulatedJob> BacklogJobs(DateTimeOffset at)
    {
        var random = new Random(Seed + 2);
        return Enumerable
            .Range(0, Quiet * Backlog)
            .Select(i => Job(2_000_000 + i, 1 + (i % Quiet), at, (int)random.NextLogNormal(50 + (25 * (i % Quiet)), 0.5) + 1));
    }

    private static SimulatedJob Job(int number, int tenant, DateTimeOffset at, int output) =>
        new()
        {
            Id = JobIds.Of(number),
            Tenant = tenant,
            CreatedAt = at,
            OutputTokens = output,
        };

    private static double[] TokensOf(List<SimulatedJob> jobs, DateTimeOffset from, DateTimeOffset to) =>
        [
            .. Enumerable
                .Range(1, NoisyId)
                .Select(tenant =>
                    (double)jobs.Where(job => job.Tenant == tenant && job.EndedAt > from && job.EndedAt <= to).Sum(job => job.Tokens)
                ),
        ];

    private static double Jain(double[] shares) => Math.Pow(shares.Sum(), 2) / (shares.Length * shares.Sum(share => share * share));

    private sealed record Outcome(double Jain, double P95, double P95Wait);
}
