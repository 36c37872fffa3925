using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>One decision of the log.</summary>
internal struct DecisionEntry
{
    public Guid JobId { get; set; }

    /// <summary>Of the attempt that follows.</summary>
    public long Fence { get; set; }

    public long DecidedAt { get; set; }

    public RouteState Route { get; set; }

    public DecisionReason Reason { get; set; }

    /// <summary>The number of its first candidate, counted over the whole life of the log.</summary>
    public long FirstCandidate { get; set; }

    public int Candidates { get; set; }

    public int NotListed { get; set; }
}
