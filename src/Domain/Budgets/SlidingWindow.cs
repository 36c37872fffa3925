namespace InferenceBroker.Domain.Budgets;

/// <summary>
/// A limit per minute as a provider keeps it that looks at the last 60 seconds. Rules: (1) what is under way counts until it is known when
/// the call began, since a call that waits in a queue enters the provider's minute late; (2) from then on it counts for a minute and a
/// margin, in slots of 250 ms, at its reservation and later its usage; (3) once the limit has been reached, a bucket
/// spreads the work, since calls that begin together are hard to foresee together and leave the minute together; with a burst below 1 always; (4) slots
/// are kept for longer than they count, to be compared with what a provider said a while ago. Not thread safe.
/// </summary>
public sealed class SlidingWindow : IMinuteLimit
{
    private const int Slots = 512;
    private const int SlotsPerMinute = 240;
    private const long SlotTicks = TimeSpan.TicksPerMinute / SlotsPerMinute;

    // What of a minute may be taken at once while work is spread.
    private const double PacedBurst = 0.2;
    private static readonly TimeSpan PacedFor = TimeSpan.FromMinutes(2);

    private readonly double[] _slots = new double[Slots];
    private readonly CallsUnderWay _underWay;

    // How many slots count: the one that has just begun, a minute, the margin.
    private readonly int _counting;
    private TokenBucket _pace;
    private bool _isAlwaysPaced;
    private DateTimeOffset _pacedUntil = DateTimeOffset.MinValue;
    private long _slot;
    private double _counted;

    public SlidingWindow(double perMinute, double burst, SlidingWindowSettings settings, DateTimeOffset now)
    {
        _underWay = new CallsUnderWay(settings.Deviations);
        var margin = (int)Math.Ceiling((double)settings.Margin.Ticks / SlotTicks);
        _counting = SlotsPerMinute + 1 + Math.Clamp(margin, 0, SlotsPerMinute / 6);
        _slot = SlotOf(now);
        _underWay.Advance(_slot);
        _pace = new TokenBucket(perMinute, Math.Min(burst, PacedBurst), now);
        Resize(perMinute, burst, now);
    }

    public double PerMinute { get; private set; }

    public double Level(DateTimeOffset now)
    {
        Advance(now);
        return PerMinute - _counted - _underWay.Expected(0);
    }

    public bool Has(double amount, DateTimeOffset now)
    {
        Advance(now);
        if (IsFarBelow(amount) && !_isAlwaysPaced)
        {
            return true;
        }

        if (IsEmpty)
        {
            return !_isAlwaysPaced || _pace.Has(amount, now);
        }

        if (Excess(amount) > 0)
        {
            _pacedUntil = now + PacedFor;
            return false;
        }

        // A few large calls cannot be spread.
        var isCoarse = amount > PerMinute * PacedBurst / 2 && !_isAlwaysPaced;
        return isCoarse || !IsPaced(now) || _pace.Has(amount, now);
    }

    public DateTimeOffset RoomAt(double amount, DateTimeOffset now)
    {
        Advance(now);
        var paced = IsPaced(now) ? _pace.RoomAt(amount, now) : now;
        var excess = amount > PerMinute ? _counted + _underWay.Reserved : Excess(amount);
        if (IsEmpty || excess <= 0)
        {
            return paced;
        }

        for (var slot = _slot - _counting + 1; slot <= _slot; slot++)
        {
            excess -= _slots[Index(slot)];
            if (excess <= 0)
            {
                var free = new DateTimeOffset((slot + _counting) * SlotTicks, TimeSpan.Zero);
                return free > paced ? free : paced;
            }
        }

        // What is under way has to end first: a minute is the best guess.
        return now + TimeSpan.FromTicks(_counting * SlotTicks);
    }

    public void Take(double amount, DateTimeOffset? takenAt)
    {
        _underWay.Add(amount, Slot(takenAt));
        _pace.Take(amount, takenAt);
    }

    public void Start(double taken, DateTimeOffset? takenAt, DateTimeOffset startedAt)
    {
        Advance(startedAt);
        _underWay.Remove(taken, Slot(takenAt));
        Count(taken, SlotOf(startedAt));
    }

    public void Settle(double taken, DateTimeOffset? takenAt, double used, DateTimeOffset? startedAt, bool wasStarted, DateTimeOffset now)
    {
        Advance(now);
        if (!wasStarted)
        {
            _underWay.Remove(taken, Slot(takenAt));
        }

        Count(wasStarted ? used - taken : used, Slot(startedAt) ?? _slot);
        _underWay.Learn(taken, used, _slot - (Slot(takenAt) ?? _slot));
        _pace.Return(taken - used, takenAt);
    }

    public void Return(double taken, DateTimeOffset? takenAt)
    {
        _underWay.Remove(taken, Slot(takenAt));
        _pace.Return(taken, takenAt);
    }

    public void Correct(double remaining, DateTimeOffset observedAt, DateTimeOffset resetAt, DateTimeOffset now)
    {
        // What counted at the time of the answer and does not count any more has to be added, or old news would be taken for foreign use.
        Advance(now);
        var unknown = PerMinute - _counted - _underWay.Reserved - remaining;
        var oldest = Math.Max(SlotOf(observedAt) - _counting, _slot - Slots) + 1;
        for (var slot = oldest; slot <= _slot - _counting && unknown > 0; slot++)
        {
            unknown -= _slots[Index(slot)];
        }

        if (unknown > 0 && resetAt > now)
        {
            // Somebody else uses the key, or the provider counts otherwise: it leaves the window when the provider says so.
            var slot = SlotOf(resetAt) - _counting + 1;
            Count(unknown, Math.Clamp(slot, _slot - _counting + 1, _slot));
        }
    }

    public void Replay(double used, DateTimeOffset startedAt, DateTimeOffset now)
    {
        Advance(now);
        Count(used, SlotOf(startedAt));
    }

    public void Resize(double perMinute, double burst, DateTimeOffset now)
    {
        PerMinute = perMinute;
        _isAlwaysPaced = burst < 1;
        _pace.Resize(perMinute, Math.Min(burst, PacedBurst), now);
    }

    private bool IsPaced(DateTimeOffset now) => _isAlwaysPaced || now < _pacedUntil;

    // Whatever the amount is: else one above the limit would wait for ever.
    private bool IsEmpty => _counted + _underWay.Reserved <= 0;

    // Whatever calls under way will use: nothing to calculate, which counts where every decision asks many windows.
    private bool IsFarBelow(double amount) => (_counted + (2 * (_underWay.Reserved + amount))) * 2 <= PerMinute;

    private static long SlotOf(DateTimeOffset time) => time.UtcTicks / SlotTicks;

    private static int Index(long slot) => (int)(slot % Slots);

    private static long? Slot(DateTimeOffset? time) => time is { } known ? SlotOf(known) : null;

    private double Excess(double amount) => _counted + _underWay.Expected(amount) - PerMinute;

    /// <summary>Adds to a slot; one that has passed out of the window counts no more, and one in the future counts as now.</summary>
    private void Count(double amount, long slot)
    {
        slot = Math.Min(slot, _slot);
        if (slot <= _slot - Slots)
        {
            return;
        }

        _slots[Index(slot)] += amount;
        if (slot > _slot - _counting)
        {
            _counted += amount;
        }
    }

    private void Advance(DateTimeOffset now)
    {
        var slot = SlotOf(now);
        if (slot <= _slot)
        {
            return;
        }

        _underWay.Advance(slot);
        if (slot - _slot >= Slots)
        {
            Array.Clear(_slots);
            _counted = 0;
            _slot = slot;
            return;
        }

        while (_slot < slot)
        {
            _slot++;
            _slots[Index(_slot)] = 0;
            _counted -= _slots[Index(_slot - _counting)];
        }
    }
}
