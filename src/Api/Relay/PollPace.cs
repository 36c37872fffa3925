namespace InferenceBroker.Api.Relay;

/// <summary>
/// How long a reader waits before it asks the database by itself, because a relay message may have been lost: grows from the first pause to
/// five times that while nothing happens, with ±25 % jitter so that many readers do not ask at the same moment.
/// </summary>
internal struct PollPace(TimeSpan first)
{
    private const double Growth = 1.5;
    private const double Cap = 5;

    private double _factor = 1;

    public TimeSpan Next()
    {
        var pause = first * _factor * (0.75 + (Random.Shared.NextDouble() / 2));
        _factor = Math.Min(_factor * Growth, Cap);
        return pause;
    }

    public void Reset() => _factor = 1;
}
