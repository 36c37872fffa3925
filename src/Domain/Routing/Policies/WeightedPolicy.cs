namespace InferenceBroker.Domain.Routing.Policies;

/// <summary>Gives every target, and every key of it, its share of the jobs.</summary>
public sealed class WeightedPolicy : IRoutingPolicy
{
    public string Name => RoutingPolicies.Weighted;

    public int Pick(in PickContext context, ReadOnlySpan<Candidate> candidates) =>
        SmoothWeighted.PickByTarget(candidates, equalTargets: false);
}
