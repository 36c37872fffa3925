namespace InferenceBroker.Providers.Simulated;

/// <summary>Repeatable random numbers for one call (SplitMix64): cheap to start, unlike <see cref="Random"/> with a seed.</summary>
internal struct SimulatedChance(int seed, long number)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state = Mix(((ulong)(uint)seed << 32) + 0x632BE59BD9B4E019) ^ Mix((ulong)number * Golden);

    /// <summary>From 0 up to but not 1.</summary>
    public double Next() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 up to but not <paramref name="count"/>.</summary>
    public int Next(int count) => (int)(NextBits() % (ulong)count);

    private ulong NextBits() => Mix(_state += Golden);

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
