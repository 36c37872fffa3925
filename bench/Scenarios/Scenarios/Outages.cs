using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scenarios.Baselines;
using InferenceBroker.Scenarios.Simulation;
using InferenceBroker.Scenarios.Traces;

namespace InferenceBroker.Scenarios.Scenarios;

/// <summary>
/// Workload: 20 jobs/s for 24 h, half of them interactive. Traces: three providers, each down for 2.7 % of the day in outages of 1 to 20 min
/// (one in four of them silent: calls end by a timeout), and 12 bursts of errors each; calls under way die with their provider. Baseline: the
/// first provider alone. Goal: 99.99 % of the interactive jobs answered within 60 s, all jobs in the end.
/// </summary>
internal sealed class Outages : IScenario
{
    private const int Seed = 101;
    private const double JobsPerSecond = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public int Number => 1;

    public string Name => "outages: share of jobs answered";

    public ScenarioResult Run(double length)
    {
        var day = TimeSpan.FromHours(24) * length;
        var alone = Count((events, providers) => new DirectDispatcher(events, providers, _ => 0), day);
        var broker = Count(
            (events, providers) => new SimulatedBroker(events, SimulatedCatalog.Of(RoutingPolicies.LeastBusy, providers), providers, Seed),
            day
        );
        return new ScenarioResult(
            $"{alone.InTime:0.00%} interactive, {alone.Answered:0.00%} in the end",
            $"{broker.InTime:0.000%} interactive, {broker.Answered:0.####%} in the end",
            "≥ 99.99 % interactive within 60 s, 100 % in the end",
            broker.InTime >= 0.9999 && broker.Failed == 0
        )
        {
            Figures =
            {
                ["jobs"] = broker.Jobs,
                ["interactive late"] = broker.Late,
                ["failed"] = broker.Failed,
                ["calls per job"] = broker.CallsPerJob,
            },
        };
    }

    private static Shares Count(Func<EventQueue, IReadOnlyList<SimulatedProvider>, IDispatcher> make, TimeSpan day)
    {
        var events = new EventQueue(World.Start);
        var providers = Providers(day);
        var shares = new Shares();
        Workload.Start(events, make(events, providers), Jobs(day, shares));
        events.RunUntil(World.Start + day + TimeSpan.FromHours(1));
        shares.Note(all: true);
        return shares;
    }

    private static List<SimulatedProvider> Providers(TimeSpan day) =>
        [
            .. Enumerable
                .Range(0, 3)
                .Select(i => new SimulatedProvider(
                    $"p{i}",
                    concurrency: 100,
                    LatencyTrace.Steady(0.5, 0.01, Seed + i),
                    new Random(Seed + i)
                )
                {
                    Outages = OutageTrace.Random(World.Start, day, downShare: 0.027, bursts: 12, new Random(Seed + (10 * i))),
                }),
        ];

    private static IEnumerable<SimulatedJob> Jobs(TimeSpan day, Shares shares)
    {
        var random = new Random(Seed);
        var number = 0;
        for (var at = World.Start; at < World.Start + day; at += random.NextGap(JobsPerSecond))
        {
            var kind = random.NextDouble();
            var job = new SimulatedJob
            {
                Id = JobIds.Of(++number),
                CreatedAt = at,
                Lane =
                    kind < 0.5 ? Lane.Interactive
                    : kind < 0.9 ? Lane.Standard
                    : Lane.Batch,
                OutputTokens = (int)random.NextLogNormal(150, 0.6) + 1,
            };
            shares.Add(job);
            yield return job;
        }
    }

    private sealed class Shares
    {
        private const int Many = 20_000;
        private List<SimulatedJob> _open = [];

        public long Jobs { get; private set; }

        public long Interactive { get; private set; }

        public long Late { get; private set; }

        public long Failed { get; private set; }

        public long Calls { get; private set; }

        public double InTime => 1 - ((double)Late / Interactive);

        public double Answered => 1 - ((double)Failed / Jobs);

        public double CallsPerJob => (double)Calls / Jobs;

        public void Add(SimulatedJob job)
        {
            _open.Add(job);
            if (_open.Count >= Many)
            {
                Note(all: false);
            }
        }

        /// <summary>Counts the jobs that have ended and forgets them.</summary>
        public void Note(bool all)
        {
            foreach (var job in _open.Where(job => all || job.EndedAt is not null))
            {
                Jobs++;
                Calls += job.Calls;
                Failed += job.IsAnswered ? 0 : 1;
                Interactive += job.Lane == Lane.Interactive ? 1 : 0;
                Late += job.Lane == Lane.Interactive && (!job.IsAnswered || job.Took > Patience) ? 1 : 0;
            }

            _open = all ? [] : [.. _open.Where(job => job.EndedAt is null)];
        }
    }
}
