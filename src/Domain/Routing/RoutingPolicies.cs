namespace InferenceBroker.Domain.Routing;

/// <summary>The names that a route's <c>policy</c> may have.</summary>
public static class RoutingPolicies
{
    public const string Weighted = "weighted";
    public const string RoundRobin = "round-robin";
    public const string LeastBusy = "least-busy";
    public const string Latency = "latency";
    public const string Cost = "cost";
    public const string Priority = "priority";
    public const string Adaptive = "adaptive";

    public static IReadOnlyList<string> All { get; } = [Weighted, RoundRobin, LeastBusy, Latency, Cost, Priority, Adaptive];
}
