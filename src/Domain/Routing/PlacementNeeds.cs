namespace InferenceBroker.Domain.Routing;

/// <summary>Where a job may be served.</summary>
/// <param name="Region">The target's region has to be this one. Null: any.</param>
/// <param name="Tags">The target has to have all of them.</param>
public sealed record PlacementNeeds(string? Region, IReadOnlyList<string> Tags);
