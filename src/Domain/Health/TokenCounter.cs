namespace InferenceBroker.Domain.Health;

/// <summary>Tokens of the last minute, in ten slots of 6 s. Not thread safe.</summary>
internal sealed class TokenCounter
{
    private const int Slots = 10;

    private readonly long[] _slots = new long[Slots];
    private SlotRing _ring = new(Slots, TimeSpan.FromSeconds(6).Ticks);

    public long LastMinute { get; private set; }

    public void Add(long tokens, DateTimeOffset now)
    {
        Advance(now);
        _slots[_ring.Current] += tokens;
        LastMinute += tokens;
    }

    public void Advance(DateTimeOffset now)
    {
        var steps = _ring.Advance(now);
        for (var i = 0; i < steps; i++)
        {
            ref var slot = ref _slots[_ring.Before(i)];
            LastMinute -= slot;
            slot = 0;
        }
    }
}
