namespace InferenceBroker.Domain.Routing;

/// <summary>Gives every target its share of the jobs.</summary>
public sealed class WeightedPolicy : IRoutingPolicy
{
    public string Name => RoutingPolicies.Weighted;

    public int Pick(JobEstimate job, ReadOnlySpan<TargetState> available) => SmoothWeighted.Pick(available);
}
