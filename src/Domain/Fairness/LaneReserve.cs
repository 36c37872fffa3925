using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Domain.Fairness;

/// <summary>
/// Decides whether a lane may take the next unit of a limit. Rules: (1) while interactive work comes in, the other lanes leave a tenth of the
/// limit free; (2) while work of the lower lanes (batch, idle) waits, the higher ones leave a twentieth to them, less what the lower ones
/// have; (3) of that twentieth the lower lanes may take whatever (1) says. Shares of small limits round down to nothing. Not thread safe.
/// </summary>
public sealed class LaneReserve
{
    private const double Headroom = 0.1;
    private const double LowerShare = 0.05;

    // Interactive work comes in bursts; lower work waits, so that it is seen again and again.
    private static readonly TimeSpan InteractiveMemory = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LowerMemory = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly bool _isRate;
    private double _lower;
    private DateTimeOffset _at = DateTimeOffset.MinValue;

    private LaneReserve(bool isRate) => _isRate = isRate;

    /// <summary>Of calls under way: what is taken is returned.</summary>
    public static LaneReserve OfConcurrency() => new(isRate: false);

    /// <summary>Of an amount per minute: what is taken fades within the minute.</summary>
    public static LaneReserve OfRate() => new(isRate: true);

    /// <summary>False where nothing is kept for anybody, so that there is no need to ask each limit.</summary>
    public static bool Keeps(Lane lane, LaneDemand demand, DateTimeOffset now) =>
        (lane != Lane.Interactive && demand.WasSeen(Lane.Interactive, InteractiveMemory, now))
        || (lane < Lane.Batch && IsLowerWanted(demand, now));

    /// <param name="free">What of the limit is free now.</param>
    /// <param name="limit">The whole limit.</param>
    public bool Allows(Lane lane, double amount, double free, double limit, LaneDemand demand, DateTimeOffset now)
    {
        var left = free - amount;
        var ownShare = Math.Floor(limit * LowerShare);
        var headroom =
            lane != Lane.Interactive && demand.WasSeen(Lane.Interactive, InteractiveMemory, now) ? Math.Floor(limit * Headroom) : 0;
        if (lane >= Lane.Batch)
        {
            return left >= headroom || Lower(now) + amount <= ownShare || amount >= limit;
        }

        var kept = IsLowerWanted(demand, now) ? Math.Max(0, ownShare - Lower(now)) : 0;

        // What is larger than all that is not kept would never be let through.
        return left >= Math.Min(headroom + kept, Math.Max(0, limit - amount));
    }

    public void NoteTaken(Lane lane, double amount, DateTimeOffset now)
    {
        if (lane >= Lane.Batch)
        {
            _lower = Lower(now) + amount;
            _at = now;
        }
    }

    /// <summary>A call ended; of no meaning for a rate.</summary>
    public void NoteReturned(Lane lane, double amount)
    {
        if (!_isRate && lane >= Lane.Batch)
        {
            _lower = Math.Max(0, _lower - amount);
        }
    }

    private static bool IsLowerWanted(LaneDemand demand, DateTimeOffset now) =>
        demand.WasSeen(Lane.Batch, LowerMemory, now) || demand.WasSeen(Lane.Idle, LowerMemory, now);

    private double Lower(DateTimeOffset now) => _isRate && now > _at ? _lower * Math.Exp(-((now - _at) / Minute)) : _lower;
}
