namespace InferenceBroker.Domain.Routing.Rules;

/// <summary>The rules in their order. They are looked at once for each request: the route that a rule names is final.</summary>
public sealed class RuleSet(IReadOnlyList<RoutingRule> rules)
{
    public static RuleSet None { get; } = new([]);

    public IReadOnlyList<RoutingRule> Rules { get; } = rules;

    /// <summary>The first rule that the request meets, or null.</summary>
    public RoutingRule? Match(in RequestFeatures request)
    {
        for (var i = 0; i < Rules.Count; i++)
        {
            if (Rules[i].Matches(request))
            {
                return Rules[i];
            }
        }

        return null;
    }
}
