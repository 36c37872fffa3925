namespace InferenceBroker.Domain.Health;

/// <summary>
/// A moving average that believes bad news at once: a higher value is taken as it is, and decays with time to the plain average of what came
/// after it. Not thread safe.
/// </summary>
public sealed class PeakEwma(TimeSpan decay)
{
    private double _average;
    private double _peak;
    private DateTimeOffset _at;

    /// <summary>As of the last write or <see cref="Advance"/>; 0 where nothing was measured.</summary>
    public double Value => Math.Max(_peak, _average);

    public void Add(double value, DateTimeOffset now)
    {
        if (_average <= 0)
        {
            _average = value;
            _peak = value;
            _at = now;
            return;
        }

        var kept = Advance(now);

        // Calls that end together are one sample each all the same: a tenth of the way at least.
        _average += (value - _average) * Math.Max(1 - kept, 0.1);
        _peak = Math.Max(_peak, value);
    }

    /// <summary>Lets time pass. Returns how much of what was known is still believed, 0 to 1.</summary>
    public double Advance(DateTimeOffset now)
    {
        var passed = now - _at;
        if (passed <= TimeSpan.Zero)
        {
            return 1;
        }

        var kept = Math.Exp(-passed / decay);
        _peak = _average + ((_peak - _average) * kept);
        _at = now;
        return kept;
    }
}
