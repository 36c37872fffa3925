using InferenceBroker.Domain.Health;

namespace InferenceBroker.Domain.Budgets;

/// <summary>
/// Keeps retries from multiplying the load of an endpoint in trouble: in any 10 s at most a tenth as many as first attempts, or 3 a second
/// where that is more. Not thread safe.
/// </summary>
public sealed class RetryBudget
{
    private const int Seconds = 10;
    private const int Least = 3 * Seconds;
    private const double Share = 0.1;

    // The bad ones are the retries.
    private readonly CallWindow _calls = new(Seconds, TimeSpan.FromSeconds(1));

    public bool AllowsRetry(DateTimeOffset now)
    {
        _calls.Advance(now);
        return _calls.Bad < Math.Max(Least, (_calls.Calls - _calls.Bad) * Share);
    }

    public void Note(bool isRetry, DateTimeOffset now) => _calls.Add(isRetry, now);
}
