using InferenceBroker.Domain.Routing;
using InferenceBroker.Scenarios.Baselines;
using InferenceBroker.Scenarios.Simulation;
using InferenceBroker.Scenarios.Traces;

namespace InferenceBroker.Scenarios.Scenarios;

/// <summary>
/// Workload: for 30 min twice the tokens that the keys allow; prompts of 100 to 2,000 tokens, answers of up to 4,000, of which requests say only
/// that they have at most 256, 1,024 or 4,000. Traces: six keys of 400,000 to 4,000,000 tokens/min whose provider counts every call of the last
/// 60 s to the tick, with what it will use, and answers 429 beyond. Baseline: a token bucket for each key. Goal: no 429 from the start on, and
/// 97 % of the allowed tokens used after the first two minutes.
/// </summary>
internal sealed class RateLimits : IScenario
{
    private const int Seed = 606;
    private static readonly int[] TokensPerMinute = [400_000, 600_000, 800_000, 1_000_000, 2_000_000, 4_000_000];
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(2);

    public int Number => 6;

    public string Name => "rate limits: 429s seen, allowed tokens used";

    public ScenarioResult Run(double length)
    {
        var time = TimeSpan.FromMinutes(30) * length;
        var bucket = Run((events, provider) => new BucketDispatcher(events, provider), time);
        var broker = Run(
            (events, provider) =>
                new SimulatedBroker(
                    events,
                    SimulatedCatalog.Of(RoutingPolicies.Weighted, [provider]),
                    [provider],
                    Seed,
                    new() { IndexCapacity = 1_000_000 }
                ),
            time
        );
        return new ScenarioResult(
            $"{bucket.RateLimited:N0} × 429, {bucket.Used:0.0%}",
            $"{broker.RateLimited:N0} × 429, {broker.Used:0.0%}",
            "no 429, ≥ 97 % used",
            broker is { RateLimited: 0, Used: >= 0.97 }
        )
        {
            Figures =
            {
                ["429s"] = broker.RateLimited,
                ["used of the smallest key"] = broker.OfKeys[0],
                ["used of the largest key"] = broker.OfKeys[^1],
                ["used with the first two minutes"] = broker.InAll,
            },
        };
    }

    private static Outcome Run(Func<EventQueue, SimulatedProvider, IDispatcher> make, TimeSpan time)
    {
        var events = new EventQueue(World.Start);
        var provider = new SimulatedProvider("p", concurrency: 4000, LatencyTrace.Steady(0.5, 0.012, Seed), new Random(0))
        {
            Limits = TokensPerMinute.Select((tokens, i) => ($"k{i}", new StrictLimit(tokens / 1300, tokens))).ToDictionary(),
        };
        Workload.Start(events, make(events, provider), Jobs(time));
        events.RunUntil(World.Start + WarmUp);
        var before = provider.Limits.Values.Select(limit => limit.Used).ToArray();
        events.RunUntil(World.Start + time);
        var after = provider.Limits.Values.Select(limit => limit.Used).ToArray();
        var minutes = (time - WarmUp).TotalMinutes;
        return new Outcome(
            provider.RateLimited,
            (after.Sum() - before.Sum()) / (minutes * TokensPerMinute.Sum()),
            after.Sum() / (time.TotalMinutes * TokensPerMinute.Sum()),
            [.. TokensPerMinute.Select((tokens, i) => (after[i] - before[i]) / (minutes * tokens))]
        );
    }

    private static IEnumerable<SimulatedJob> Jobs(TimeSpan time)
    {
        // Of a prompt and an answer together, on average.
        const double TokensPerJob = 1490;
        var random = new Random(Seed);
        var perSecond = 2 * TokensPerMinute.Sum() / 60.0 / TokensPerJob;
        var number = 0;
        for (var at = World.Start; at < World.Start + time; at += random.NextGap(perSecond))
        {
            var output = Math.Min((int)random.NextLogNormal(250, 1) + 1, 4000);
            yield return new SimulatedJob
            {
                Id = JobIds.Of(++number),
                CreatedAt = at,
                InputTokens = 100 + random.Next(1900),
                OutputTokens = output,
                MaxTokens =
                    output <= 256 ? 256
                    : output <= 1024 ? 1024
                    : 4000,
            };
        }
    }

    private sealed record Outcome(long RateLimited, double Used, double InAll, double[] OfKeys);
}
