namespace InferenceBroker.Domain.Budgets;

/// <summary>How budgets are made from configured limits.</summary>
/// <param name="DispatchAhead">
/// Jobs that may wait in a provider's queue beyond what runs, at most as many as may run: so that a worker that becomes free finds the next one.
/// </param>
/// <param name="BurstFactor">
/// What of a minute's limit may be taken at once, in minutes. Above 1 it counts for buckets only. Below 1 work is spread over the minute.
/// </param>
public readonly record struct BudgetSettings(int DispatchAhead, double BurstFactor)
{
    /// <summary>How the limits per minute of a provider's key are kept. Default sliding.</summary>
    public RateWindow RateWindow { get; init; } = RateWindow.Sliding;

    /// <summary>Settings of sliding windows.</summary>
    public SlidingWindowSettings Sliding { get; init; } = SlidingWindowSettings.Default;

    /// <summary>How many attempts of a provider may be dispatched and running together.</summary>
    public int Window(int concurrency) => concurrency + MostAhead(concurrency);

    /// <summary>How many of them may wait, at most.</summary>
    public int MostAhead(int concurrency) => Math.Min(concurrency, DispatchAhead);

    /// <summary>The limit with another amount; a new one where there was none, and none where the amount is null.</summary>
    internal IMinuteLimit? Resized(IMinuteLimit? limit, double? perMinute, DateTimeOffset now)
    {
        if (perMinute is not { } amount)
        {
            return null;
        }

        if (limit is null)
        {
            return RateWindow == RateWindow.Sliding
                ? new SlidingWindow(amount, BurstFactor, Sliding, now)
                : new TokenBucket(amount, BurstFactor, now);
        }

        limit.Resize(amount, BurstFactor, now);
        return limit;
    }
}
