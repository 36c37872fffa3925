namespace InferenceBroker.Contracts.Inquiries;

/// <summary>One decision with the values that it was made by.</summary>
public sealed record PlacementDecision
{
    /// <summary>Of the attempt that followed.</summary>
    public long Fence { get; init; }

    public DateTimeOffset DecidedAt { get; init; }

    public string Route { get; init; } = "";

    public string Policy { get; init; } = "";

    /// <summary>The endpoint was preferred since it served the last job like it; the policy was not asked.</summary>
    public bool ByAffinity { get; init; }

    /// <summary>The job was the one call by which an endpoint that had failed was tried again.</summary>
    public bool Probe { get; init; }

    public IReadOnlyList<CandidateStanding> Candidates { get; init; } = [];

    /// <summary>Candidates that were there and are not listed.</summary>
    public int NotListed { get; init; }
}
