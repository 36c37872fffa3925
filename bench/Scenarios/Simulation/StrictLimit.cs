using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Scenarios.Simulation;

/// <summary>A provider's own limit: whatever began within the last 60 s counts, to the tick.</summary>
internal sealed class StrictLimit(int requestsPerMinute, int tokensPerMinute)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<(DateTimeOffset At, int Tokens)> _taken = [];
    private long _tokens;

    /// <summary>All tokens that were ever let through.</summary>
    public long Used { get; private set; }

    public int TokensPerMinute => tokensPerMinute;

    /// <summary>The key as an operator would configure it.</summary>
    public ProviderKey AsKey(string name) => new(name, requestsPerMinute, tokensPerMinute, Concurrency: null, Weight: 1);

    public bool TryTake(int tokens, DateTimeOffset now)
    {
        Forget(now);
        if (_taken.Count >= requestsPerMinute || _tokens + tokens > tokensPerMinute)
        {
            return false;
        }

        _taken.Enqueue((now, tokens));
        _tokens += tokens;
        Used += tokens;
        return true;
    }

    public TimeSpan RetryAfter(DateTimeOffset now) => _taken.TryPeek(out var oldest) ? oldest.At + Minute - now : TimeSpan.Zero;

    private void Forget(DateTimeOffset now)
    {
        while (_taken.TryPeek(out var oldest) && oldest.At + Minute <= now)
        {
            _taken.Dequeue();
            _tokens -= oldest.Tokens;
        }
    }
}
