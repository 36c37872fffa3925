namespace InferenceBroker.Domain.Budgets;

/// <summary>A limit per minute, refilled continuously, so that nothing bursts at the minute's turn. Not thread safe.</summary>
public sealed class TokenBucket
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

    public void Take(double amount) => _level -= amount;

    public void Return(double amount) => _level = Math.Min(_level + amount, Capacity);

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
