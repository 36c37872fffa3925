namespace InferenceBroker.Contracts.Inquiries;

/// <summary>How a job is placed, and was.</summary>
public sealed record JobPlacement
{
    /// <summary>Null where the leader does not hold the job: it has ended, or waits in the database until there is room.</summary>
    public WaitingJob? Job { get; init; }

    /// <summary>The endpoints as they stand now. Only of a job that waits.</summary>
    public IReadOnlyList<RouteStanding> Routes { get; init; } = [];

    /// <summary>What the leader decided for it, as far as it remembers, the oldest first.</summary>
    public IReadOnlyList<PlacementDecision> Decisions { get; init; } = [];
}
