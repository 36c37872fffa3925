namespace InferenceBroker.Domain.Routing.Policies;

/// <summary>Takes the targets in turn: shares that are all the same.</summary>
public sealed class RoundRobinPolicy : IRoutingPolicy
{
    public string Name => RoutingPolicies.RoundRobin;

    public int Pick(in PickContext context, ReadOnlySpan<Candidate> candidates) =>
        SmoothWeighted.PickByTarget(candidates, equalTargets: true);
}
