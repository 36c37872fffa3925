namespace InferenceBroker.Domain.Budgets;

/// <summary>
/// A limit per minute as a provider keeps it that looks at the last 60 seconds. Rules: (1) what is under way counts until it is known when
/// the call began, since a call that waits in a queue enters the provider's minute late; (2) from then on it counts for a minute and a
/// margin, in slots of 250 ms, at its reservation and later its usage; (3) with a burst below 1 a bucket spreads the work besides; (4) slots
/// are kept for longer than they count, to be compared with what a provider said a while ago. Not thread safe.
/// </summary>
public sealed class SlidingWindow : IMinuteLimit
{
    private const int Slots = 512;
    private const int SlotsPerMinute = 240;
    private const long SlotTicks = TimeSpan.TicksPerMinute / SlotsPerMinute;

    private readonly double[] _slots = new double[Slots];
    private readonly UsageExperience _experience = new();
    private readonly double? _deviations;

    // How many slots count: the one that has just begun, a minute, the margin.
    private readonly int _counting;
    private TokenBucket? _pace;
    private long _slot;
    private double _counted;
    private double _underWay;
    private double _underWaySquares;

    public SlidingWindow(double perMinute, double burst, SlidingWindowSettings settings, DateTimeOffset now)
    {
        _deviations = settings.Deviations;
        var margin = (int)Math.Ceiling((double)settings.Margin.Ticks / SlotTicks);
        _counting = SlotsPerMinute + 1 + Math.Clamp(margin, 0, SlotsPerMinute / 6);
        _slot = SlotOf(now);
        Resize(perMinute, burst, now);
    }

    public double PerMinute { get; private set; }

    public double Level(DateTimeOffset now)
    {
        Advance(now);
        return PerMinute - _counted - Expected(_underWay, _underWaySquares);
    }

    public bool Has(double amount, DateTimeOffset now)
    {
        Advance(now);
        var isThere = amount > PerMinute ? _counted + _underWay <= 0 : Excess(amount) <= 0;
        return isThere && (_pace is null || _pace.Has(amount, now));
    }

    public DateTimeOffset RoomAt(double amount, DateTimeOffset now)
    {
        Advance(now);
        var paced = _pace?.RoomAt(amount, now) ?? now;
        var excess = amount > PerMinute ? _counted + _underWay : Excess(amount);
        if (excess <= 0)
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

    public void Take(double amount)
    {
        _underWay += amount;
        _underWaySquares += amount * amount;
        _pace?.Take(amount);
    }

    public void Start(double taken, DateTimeOffset startedAt)
    {
        Leave(taken);
        Count(taken, SlotOf(startedAt));
    }

    public void Settle(double taken, double used, DateTimeOffset? startedAt, bool wasStarted)
    {
        if (!wasStarted)
        {
            Leave(taken);
        }

        Count(wasStarted ? used - taken : used, startedAt is { } start ? SlotOf(start) : _slot);
        _experience.Add(taken, used);
        _pace?.Return(taken - used);
    }

    public void Return(double taken)
    {
        Leave(taken);
        _pace?.Return(taken);
    }

    public void Correct(double remaining, DateTimeOffset observedAt, DateTimeOffset resetAt, DateTimeOffset now)
    {
        // What counted at the time of the answer and does not count any more has to be added, or old news would be taken for foreign use.
        Advance(now);
        var unknown = PerMinute - _counted - _underWay - remaining;
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
        if (burst >= 1)
        {
            _pace = null;
        }
        else if (_pace is null)
        {
            _pace = new TokenBucket(perMinute, burst, now);
        }
        else
        {
            _pace.Resize(perMinute, burst, now);
        }
    }

    private static long SlotOf(DateTimeOffset time) => time.UtcTicks / SlotTicks;

    private static int Index(long slot) => (int)(slot % Slots);

    private double Expected(double underWay, double squares) =>
        _deviations is { } deviations ? _experience.Expected(underWay, squares, deviations) : underWay;

    private double Excess(double amount) => _counted + Expected(_underWay + amount, _underWaySquares + (amount * amount)) - PerMinute;

    private void Leave(double taken)
    {
        // A limit that is new may see the end of calls whose begin it did not see.
        _underWay = Math.Max(0, _underWay - taken);
        _underWaySquares = _underWay > 0 ? Math.Max(0, _underWaySquares - (taken * taken)) : 0;
    }

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
