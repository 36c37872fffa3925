using InferenceBroker.Domain.Routing.Rules;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>
/// Finds rules that send model a to b, b to c and c to a again, for the same requests. Rules are applied once, so nothing would run for ever,
/// but nobody means it: which model serves would depend on the name that is asked for. A rule that sends a model to its own route exempts it
/// from later rules and is no circle. Only rules that name models exactly are looked at.
/// </summary>
internal static class RuleCircles
{
    /// <summary>The rules of each circle, from its first rule on.</summary>
    public static IEnumerable<IReadOnlyList<int>> Find(IReadOnlyList<RoutingRule> rules)
    {
        for (var first = 0; first < rules.Count; first++)
        {
            if (FindFrom(rules, [first]) is { } circle)
            {
                yield return circle;
            }
        }
    }

    // Only later rules are added, so that each circle is found once: at its first rule.
    private static List<int>? FindFrom(IReadOnlyList<RoutingRule> rules, List<int> path)
    {
        if (path.Count > 1 && Names(rules[path[0]], rules[path[^1]].Use))
        {
            return path;
        }

        for (var next = path[0] + 1; next < rules.Count; next++)
        {
            if (
                !path.Contains(next)
                && Names(rules[next], rules[path[^1]].Use)
                && path.TrueForAll(rule => MayMeet(rules[rule], rules[next]))
            )
            {
                if (FindFrom(rules, [.. path, next]) is { } circle)
                {
                    return circle;
                }
            }
        }

        return null;
    }

    private static bool Names(RoutingRule rule, string model) =>
        rule.When.OfType<TextCondition>().Any(c => c.Field == RuleField.Model && c.Values.Any(v => v.Text == model)) && rule.Use != model;

    // Their models differ by nature; whatever else they ask for has to go together.
    private static bool MayMeet(RoutingRule one, RoutingRule other) =>
        !one.When.Any(condition => condition is not TextCondition { Field: RuleField.Model } && other.When.Any(condition.Excludes));
}
