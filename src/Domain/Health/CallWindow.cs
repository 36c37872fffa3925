namespace InferenceBroker.Domain.Health;

/// <summary>
/// How many calls, and how many bad ones, there were in the last so many slots of time. Reads are as of the last write or
/// <see cref="Advance"/>. Not thread safe.
/// </summary>
public sealed class CallWindow(int slots, TimeSpan slot)
{
    private readonly int[] _calls = new int[slots];
    private readonly int[] _bad = new int[slots];
    private SlotRing _ring = new(slots, slot.Ticks);

    public int Calls { get; private set; }

    public int Bad { get; private set; }

    /// <summary>0 to 1; 0 where there were no calls.</summary>
    public double BadShare => Calls == 0 ? 0 : (double)Bad / Calls;

    public void Add(bool isBad, DateTimeOffset now)
    {
        Advance(now);
        _calls[_ring.Current]++;
        Calls++;
        if (isBad)
        {
            _bad[_ring.Current]++;
            Bad++;
        }
    }

    public void Advance(DateTimeOffset now)
    {
        var steps = _ring.Advance(now);
        for (var i = 0; i < steps; i++)
        {
            var index = _ring.Before(i);
            Calls -= _calls[index];
            Bad -= _bad[index];
            _calls[index] = 0;
            _bad[index] = 0;
        }
    }

    public void Clear()
    {
        Array.Clear(_calls);
        Array.Clear(_bad);
        Calls = 0;
        Bad = 0;
    }
}
