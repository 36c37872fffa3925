namespace InferenceBroker.Domain.Health;

/// <summary>
/// How long something took in the last minute, in ten slots of 6 s: quantiles are right within 9 %. Reads are as of the last write or
/// <see cref="Advance"/>. Not thread safe.
/// </summary>
public sealed class LatencyHistogram
{
    private const int Slots = 10;
    private const double Smallest = 0.0001;
    private static readonly TimeSpan Slot = TimeSpan.FromSeconds(6);

    private readonly ushort[] _slots = new ushort[Slots * LogScale.Buckets];
    private readonly int[] _sums = new int[LogScale.Buckets];
    private SlotRing _ring = new(Slots, Slot.Ticks);

    public int Count { get; private set; }

    public void Add(double seconds, DateTimeOffset now)
    {
        Advance(now);
        var bucket = LogScale.IndexOf(seconds, Smallest);
        ref var cell = ref _slots[(_ring.Current * LogScale.Buckets) + bucket];
        if (cell < ushort.MaxValue)
        {
            cell++;
            _sums[bucket]++;
            Count++;
        }
    }

    /// <summary>In seconds; 0 where nothing was measured.</summary>
    public double Quantile(double share) => Count == 0 ? 0 : LogScale.Middle(LogScale.Quantile(_sums, Count, share), Smallest);

    public void Advance(DateTimeOffset now)
    {
        var steps = _ring.Advance(now);
        for (var i = 0; i < steps; i++)
        {
            var slot = _slots.AsSpan(_ring.Before(i) * LogScale.Buckets, LogScale.Buckets);
            for (var bucket = 0; bucket < slot.Length; bucket++)
            {
                _sums[bucket] -= slot[bucket];
                Count -= slot[bucket];
            }

            slot.Clear();
        }
    }
}
