namespace InferenceBroker.Domain.Routing.Rules;

/// <summary>Sends requests that meet all its conditions to a route.</summary>
/// <param name="When">Without any, every request meets the rule.</param>
/// <param name="Use">The name of a route.</param>
public sealed record RoutingRule(IReadOnlyList<RuleCondition> When, string Use)
{
    public bool Matches(in RequestFeatures request)
    {
        for (var i = 0; i < When.Count; i++)
        {
            if (!When[i].Matches(request))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where it is plain that every request which meets the other rule meets this one too.</summary>
    public bool Covers(RoutingRule other) => When.All(condition => other.When.Any(condition.Covers));
}
