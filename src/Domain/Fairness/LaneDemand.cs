using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Domain.Fairness;

/// <summary>When each lane last had work, so that nothing is kept free for a lane that has none. Not thread safe.</summary>
public sealed class LaneDemand
{
    private readonly DateTimeOffset[] _seenAt = new DateTimeOffset[4];

    /// <summary>The lane has a job that is queued, or had one come in.</summary>
    public void Note(Lane lane, DateTimeOffset now) => _seenAt[(int)lane] = now;

    public bool WasSeen(Lane lane, TimeSpan within, DateTimeOffset now) => now - _seenAt[(int)lane] <= within;
}
