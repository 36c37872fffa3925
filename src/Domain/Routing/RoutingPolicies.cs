namespace InferenceBroker.Domain.Routing;

/// <summary>The names that a route's <c>policy</c> may have.</summary>
public static class RoutingPolicies
{
    public const string Weighted = "weighted";

    /// <summary>The policies of this release.</summary>
    public static IReadOnlyList<string> All { get; } = [Weighted];
}
