namespace InferenceBroker.Contracts.Inquiries;

/// <summary>Where a request would go now.</summary>
public sealed record RequestPlacement
{
    /// <summary>Why it would wait. Null: it would go at once.</summary>
    public string? Reason { get; init; }

    /// <summary>The endpoint that would be picked now.</summary>
    public string? Endpoint { get; init; }

    public IReadOnlyList<RouteStanding> Routes { get; init; } = [];
}
