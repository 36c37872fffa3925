using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scenarios.Simulation;
using InferenceBroker.Scheduler;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scenarios.Scale;

/// <summary>A scheduler's memory full of jobs: 50 providers × 20 keys, 50 routes over three providers each, 10,000 tenants.</summary>
internal sealed class ScaleSetting
{
    private const int Providers = 50;
    private const int Keys = 20;
    private const int TargetsPerRoute = 3;
    private const int Tenants = 10_000;
    private const int Seed = 1111;

    private readonly SchedulerOptions _options = new();
    private readonly List<IndexedJob> _round = [];
    private DateTimeOffset _now = World.Start;

    private ScaleSetting() =>
        Memory = new SchedulerMemory(
            new SimulatedCatalog(MakeCatalog()),
            new RoutingPolicyLookup(RoutingPolicyLookup.BuiltIn),
            _options,
            new Random(Seed)
        );

    public SchedulerMemory Memory { get; }

    /// <summary>Of jobs, tenants, queues and sets together.</summary>
    public double BytesPerJob { get; private set; }

    public static ScaleSetting Fill(int jobs)
    {
        var setting = new ScaleSetting();
        setting.Memory.RefreshCatalog(World.Start);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var random = new Random(Seed);
        for (var i = 0; i < jobs; i++)
        {
            setting.Memory.Settler.Admit(Hints.Queued(Job(i, random)), World.Start);
        }

        setting.BytesPerJob = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / jobs;
        return setting;
    }

    /// <summary>Plans rounds of 256, and settles each of them before the next.</summary>
    public DispatchRate Dispatch(int jobs)
    {
        var (decided, planning) = (0, TimeSpan.Zero);
        var planned = 0L;
        var started = Environment.CpuUsage.TotalTime;
        while (decided < jobs)
        {
            var before = TimeProvider.System.GetTimestamp();
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            Plan();
            planned += GC.GetAllocatedBytesForCurrentThread() - bytes;
            planning += TimeProvider.System.GetElapsedTime(before);
            decided += _round.Count;
            Settle();
        }

        // The processor's time, the collector's included: other work on the machine does not count.
        var took = Environment.CpuUsage.TotalTime - started;
        return new DispatchRate(decided / took.TotalSeconds, decided / planning.TotalSeconds, (double)planned / decided);
    }

    /// <summary>One round, as the dispatch loop plans it.</summary>
    public int Plan()
    {
        _now += TimeSpan.FromMilliseconds(2);
        Memory.AdvanceHealth(_now);
        return Memory.Planner.Plan(_round, _options.RoundSize, _now);
    }

    /// <summary>The jobs of the round were dispatched and have ended.</summary>
    public void Settle()
    {
        foreach (var job in _round)
        {
            Memory.Index.EndClaim(job, long.MaxValue, seenIn: 0);
            Memory.Settler.Ended(
                new AttemptEnded
                {
                    JobId = job.Id,
                    Fence = job.Fence,
                    Endpoint = job.Endpoint!.Name,
                    InputTokens = job.InputTokens,
                    OutputTokens = 200,
                    TimeToFirstTokenMs = 300,
                    DurationMs = 1300,
                },
                _now
            );
        }

        _round.Clear();
    }

    /// <summary>The jobs of the round go back to where they were, as after a claim that came to nothing.</summary>
    public void TakeBack()
    {
        foreach (var job in _round)
        {
            Memory.Settler.ReturnReservation(job, _now);
            Memory.Index.UndoClaim(job);
        }

        _round.Clear();
    }

    private static SimulatedJob Job(int number, Random random) =>
        new()
        {
            Id = JobIds.Of(number),
            CreatedAt = World.Start,
            Tenant = number % Tenants,

            // A tenant uses few models.
            Model = $"route-{((number % Tenants) + (random.Next(10) == 0 ? 1 : 0)) % Providers}",
        };

    private static Catalog MakeCatalog()
    {
        var policies = RoutingPolicies.All;
        var providers = Enumerable
            .Range(0, Providers)
            .Select(p => new ProviderDefinition($"p{p}", "simulated", Concurrency: 2000, [.. Enumerable.Range(0, Keys).Select(KeyOf)]));
        var routes = Enumerable
            .Range(0, Providers)
            .Select(r => new ModelRoute(
                $"route-{r}",
                policies[r % policies.Count],
                [.. Enumerable.Range(0, TargetsPerRoute).Select(t => SimulatedCatalog.TargetOf($"p{(r + t) % Providers}", weight: 1 + t))],
                []
            ));
        return SimulatedCatalog.Of([.. providers], [.. routes]);
    }

    private static ProviderKey KeyOf(int key) =>
        new($"k{key}", RequestsPerMinute: 100_000_000, TokensPerMinute: 2_000_000_000, Concurrency: 500, Weight: 1);
}
