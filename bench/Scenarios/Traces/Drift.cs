namespace InferenceBroker.Scenarios.Traces;

/// <summary>
/// A factor that wanders around 1: its logarithm returns to 0 within <paramref name="memory"/> and deviates from it by
/// <paramref name="sigma"/>.
/// </summary>
internal sealed class Drift(double sigma, TimeSpan memory, Random random)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private double _log = sigma * random.NextNormal();
    private long _step;

    public static Drift None { get; } = new(0, TimeSpan.FromMinutes(1), new Random(0));

    /// <summary>Asked in the order of time.</summary>
    public double At(DateTimeOffset now)
    {
        var step = now.UtcTicks / Step.Ticks;
        _step = _step == 0 ? step : _step;
        var kept = Math.Exp(-Step / memory);
        for (; sigma > 0 && _step < step; _step++)
        {
            _log = (_log * kept) + (sigma * Math.Sqrt(1 - (kept * kept)) * random.NextNormal());
        }

        return Math.Exp(_log);
    }
}
