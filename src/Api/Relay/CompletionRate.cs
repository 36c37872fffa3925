namespace InferenceBroker.Api.Relay;

/// <summary>How many jobs end in a second, over the last minute and the whole broker: enough to guess how long a queue will take. Thread safe.</summary>
internal sealed class CompletionRate(TimeProvider time)
{
    private const int Seconds = 60;

    private readonly Lock _gate = new();
    private readonly int[] _counts = new int[Seconds];
    private readonly long _start = time.GetTimestamp();
    private long _second;

    public void Add(int jobs)
    {
        if (jobs == 0)
        {
            return;
        }

        lock (_gate)
        {
            MoveOnNeedsLock();
            _counts[_second % Seconds] += jobs;
        }
    }

    /// <summary>Until so many jobs have ended; null where none has lately.</summary>
    public int? SecondsFor(int jobs)
    {
        lock (_gate)
        {
            MoveOnNeedsLock();
            long ended = 0;
            foreach (var count in _counts)
            {
                ended += count;
            }

            var span = Math.Clamp(_second + 1, 1, Seconds);
            return ended == 0 ? null : (int)Math.Min(int.MaxValue, Math.Ceiling(jobs * (double)span / ended));
        }
    }

    private void MoveOnNeedsLock()
    {
        var now = (long)time.GetElapsedTime(_start).TotalSeconds;
        for (var passed = Math.Min(now - _second, Seconds); passed > 0; passed--)
        {
            _counts[(now - passed + 1) % Seconds] = 0;
        }

        _second = Math.Max(_second, now);
    }
}
