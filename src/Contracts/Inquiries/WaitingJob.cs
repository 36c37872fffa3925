namespace InferenceBroker.Contracts.Inquiries;

/// <summary>Where a job stands in the leader's memory.</summary>
public sealed record WaitingJob
{
    public Guid JobId { get; init; }

    /// <summary><c>waiting</c> (not to be dispatched yet), <c>queued</c>, <c>claiming</c> or <c>in_flight</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>Null where the leader knows nothing that the job's row does not say.</summary>
    public string? Reason { get; init; }

    /// <summary>From 1, in the order in which its tenant's jobs are served.</summary>
    public int? Position { get; init; }

    /// <summary>Null where nothing went by its route lately.</summary>
    public int? EtaSeconds { get; init; }
}
