namespace InferenceBroker.Domain.Health;

/// <summary>
/// The clock of a ring of equal slots of time: says which slot is now and which ones have to be emptied on the way there. A clock that goes
/// back stays in the newest slot.
/// </summary>
internal struct SlotRing(int slots, long ticksPerSlot)
{
    private long _slot = long.MinValue;

    public readonly int Current => (int)(_slot % slots);

    /// <summary>Moves to now. Returns how many slots, the newest first, begin anew: at most all.</summary>
    public int Advance(DateTimeOffset now)
    {
        var slot = now.UtcTicks / ticksPerSlot;
        if (slot <= _slot)
        {
            return 0;
        }

        var steps = _slot == long.MinValue ? slots : Math.Min(slot - _slot, slots);
        _slot = slot;
        return (int)steps;
    }

    /// <summary>The index of the slot that is so many before the current one.</summary>
    public readonly int Before(int steps) => (Current - steps + slots) % slots;
}
