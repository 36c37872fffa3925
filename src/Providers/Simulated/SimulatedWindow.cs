namespace InferenceBroker.Providers.Simulated;

/// <summary>
/// One key's limits, enforced strictly: at no moment do the last 60 seconds hold more admitted requests or tokens than allowed. A refused call takes
/// nothing. Thread safe.
/// </summary>
internal sealed class SimulatedWindow(TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Queue<(long At, int Tokens)> _admitted = new();
    private long _tokens;
    private int _inFlight;

    public SimulatedLimitVerdict Admit(SimulatedOptions options, int tokens)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            ForgetNeedsLock(now);
            var wait = WaitNeedsLock(options, tokens, now);
            if (wait is null)
            {
                _admitted.Enqueue((now, tokens));
                _tokens += tokens;
                _inFlight++;
            }

            return new SimulatedLimitVerdict(
                wait,
                Math.Max(0, (options.RequestsPerMinute ?? int.MaxValue) - _admitted.Count),
                (int)Math.Max(0, (options.TokensPerMinute ?? int.MaxValue) - _tokens),
                _admitted.TryPeek(out var oldest) ? Minute - time.GetElapsedTime(oldest.At, now) : TimeSpan.Zero
            );
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            _inFlight--;
        }
    }

    private void ForgetNeedsLock(long now)
    {
        while (_admitted.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At, now) >= Minute)
        {
            _admitted.Dequeue();
            _tokens -= oldest.Tokens;
        }
    }

    private TimeSpan? WaitNeedsLock(SimulatedOptions options, int tokens, long now)
    {
        if (options.Concurrency is { } concurrency && _inFlight >= concurrency)
        {
            return TimeSpan.FromSeconds(1);
        }

        TimeSpan? wait = null;
        if (options.RequestsPerMinute is { } requests && _admitted.Count >= requests)
        {
            wait = UntilFreedNeedsLock(_admitted.Count - requests + 1, 0, now);
        }

        if (options.TokensPerMinute is { } perMinute && _tokens + tokens > perMinute)
        {
            var untilTokens = UntilFreedNeedsLock(0, _tokens + tokens - perMinute, now);
            wait = wait > untilTokens ? wait : untilTokens;
        }

        return wait;
    }

    /// <summary>When so many of the oldest requests, or so many tokens, have left the window.</summary>
    private TimeSpan UntilFreedNeedsLock(int requests, long tokens, long now)
    {
        foreach (var (at, freed) in _admitted)
        {
            requests--;
            tokens -= freed;
            if (requests <= 0 && tokens <= 0)
            {
                return Minute - time.GetElapsedTime(at, now);
            }
        }

        return Minute; // larger than the whole limit: it never fits
    }
}
