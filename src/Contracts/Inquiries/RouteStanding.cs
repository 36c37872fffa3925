namespace InferenceBroker.Contracts.Inquiries;

/// <summary>A route's endpoints as they stand now for one job.</summary>
public sealed record RouteStanding
{
    public string Route { get; init; } = "";

    public string Policy { get; init; } = "";

    /// <summary>The job goes by this route; the others cannot serve it or come later.</summary>
    public bool InUse { get; init; }

    public IReadOnlyList<CandidateStanding> Candidates { get; init; } = [];
}
