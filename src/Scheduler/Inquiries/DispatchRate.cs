namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>How many jobs were dispatched in the last minute. Not thread safe.</summary>
internal sealed class DispatchRate
{
    private const int Seconds = 60;

    private readonly int[] _counts = new int[Seconds];
    private long _first = long.MaxValue;
    private long _second;
    private int _sum;

    public void Note(DateTimeOffset now)
    {
        MoveTo(now);
        _first = Math.Min(_first, _second);
        _counts[_second % Seconds]++;
        _sum++;
    }

    /// <summary>Jobs per second; 0 where there were none.</summary>
    public double PerSecond(DateTimeOffset now)
    {
        MoveTo(now);
        return _sum == 0 ? 0 : (double)_sum / Math.Clamp(_second - _first + 1, 1, Seconds);
    }

    private void MoveTo(DateTimeOffset now)
    {
        var second = now.UtcTicks / TimeSpan.TicksPerSecond;
        for (var i = Math.Max(_second + 1, second - Seconds + 1); i <= second; i++)
        {
            _sum -= _counts[i % Seconds];
            _counts[i % Seconds] = 0;
        }

        _second = Math.Max(_second, second);
    }
}
