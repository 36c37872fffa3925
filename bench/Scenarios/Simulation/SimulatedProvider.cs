using InferenceBroker.Domain.Failures;
using InferenceBroker.Scenarios.Traces;

namespace InferenceBroker.Scenarios.Simulation;

/// <summary>A provider's server: decides at the begin of a call how it will go. Counts what it is asked.</summary>
internal sealed class SimulatedProvider(string name, int concurrency, LatencyTrace latency, Random random)
{
    private static readonly TimeSpan Refusal = TimeSpan.FromMilliseconds(30);

    public string Name { get; } = name;

    /// <summary>Calls that workers make at the same time.</summary>
    public int Concurrency { get; } = concurrency;

    public OutageTrace Outages { get; init; } = OutageTrace.None;

    /// <summary>What each key is granted; keys without an entry have no limit.</summary>
    public Dictionary<string, StrictLimit> Limits { get; init; } = [];

    public long Calls { get; private set; }

    /// <summary>Calls that found it dead.</summary>
    public long Wasted { get; private set; }

    public long RateLimited { get; private set; }

    public Answer Call(SimulatedJob job, string key, DateTimeOffset now)
    {
        Calls++;
        if (Outages.FailureOf(now, random) is { } failure)
        {
            Wasted++;
            return failure;
        }

        if (Limits.TryGetValue(key, out var limit) && !limit.TryTake(job.Tokens, now))
        {
            RateLimited++;
            return new Answer(FailureClass.RateLimited, Refusal, Refusal) { RetryAfter = limit.RetryAfter(now) };
        }

        var (first, all) = latency.Draw(job.OutputTokens, now);
        return Outages.NextStart(now) - now is { } left && left < all
            ? new Answer(FailureClass.Transient, left, left)
            : new Answer(FailureClass.None, first, all);
    }
}
