namespace InferenceBroker.Domain.Budgets;

/// <summary>A limit per minute, refilled continuously, so that nothing bursts at the minute's turn. Not thread safe.</summary>
public sealed class TokenBucket : IMinuteLimit
{
    private double _level;
    private double _perTick;
    private DateTimeOffset _at;

    /// <param name="burst">Capacity in minutes' worth of the limit.</param>
    public TokenBucket(double perMinute, double burst, DateTimeOffset now)
    {
        _at = now;
        Resize(perMinute, burst, now);
        _level = Capacity;
    }

    public double Capacity { get; private set; }

    public double PerMinute => _perTick * TimeSpan.TicksPerMinute;

    /// <summary>Below zero where more was used than reserved: the next ones wait it off.</summary>
    public double Level(DateTimeOffset now)
    {
        Refill(now);
        return _level;
    }

    /// <summary>True where the amount is there. One that is larger than the capacity is let through by a full bucket: else it would never be.</summary>
    public bool Has(double amount, DateTimeOffset now)
    {
        Refill(now);
        return _level >= Math.Min(amount, Capacity);
    }

    public DateTimeOffset RoomAt(double amount, DateTimeOffset now)
    {
        var missing = Math.Min(amount, Capacity) - Level(now);
        return missing <= 0 ? now : now + TimeSpan.FromTicks((long)Math.Min(missing / _perTick, TimeSpan.TicksPerDay));
    }

    public void Take(double amount, DateTimeOffset? takenAt) => _level -= amount;

    /// <summary>Changes nothing: a bucket refills from when the amount was taken.</summary>
    public void Start(double taken, DateTimeOffset? takenAt, DateTimeOffset startedAt) { }

    public void Settle(
        double taken,
        DateTimeOffset? takenAt,
        double used,
        DateTimeOffset? startedAt,
        bool wasStarted,
        DateTimeOffset now
    ) => Return(taken - used, takenAt);

    public void Return(double taken, DateTimeOffset? takenAt) => _level = Math.Min(_level + taken, Capacity);

    public void Correct(double remaining, DateTimeOffset observedAt, DateTimeOffset resetAt, DateTimeOffset now)
    {
        if (resetAt <= now)
        {
            return;
        }

        var refilled = Math.Max(0, (now - observedAt).Ticks) * _perTick;
        _level = Math.Min(Level(now), remaining + refilled);
    }

    /// <summary>Cautious: what has refilled since is not counted.</summary>
    public void Replay(double used, DateTimeOffset startedAt, DateTimeOffset now)
    {
        if (now - startedAt < TimeSpan.FromMinutes(1))
        {
            Refill(now);
            Take(used, startedAt);
        }
    }

    /// <summary>A new limit, from now on; what was taken stays taken.</summary>
    public void Resize(double perMinute, double burst, DateTimeOffset now)
    {
        Refill(now);
        var missing = Capacity - _level;
        Capacity = perMinute * burst;
        _perTick = perMinute / TimeSpan.TicksPerMinute;
        _level = Capacity - missing;
    }

    private void Refill(DateTimeOffset now)
    {
        var ticks = (now - _at).Ticks;
        if (ticks > 0)
        {
            _level = Math.Min(_level + (ticks * _perTick), Capacity);
            _at = now;
        }
    }
}
