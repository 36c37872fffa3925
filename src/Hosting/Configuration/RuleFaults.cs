using InferenceBroker.Domain.Routing.Rules;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Finds rules that name no route, that never apply, or that send a model around in a circle.</summary>
internal sealed class RuleFaults(BrokerOptions options, FaultList faults)
{
    // A condition that could not be read is missing below, and the rule would seem to take more than it does.
    private readonly bool[] _isRead =
    [
        .. options.Rules.Select((_, i) => faults.Faults.All(f => !f.Path.StartsWith($"rules[{i}].when", StringComparison.Ordinal))),
    ];

    private readonly RoutingRule[] _rules = [.. options.Rules.Select(r => new RoutingRule(r.When, r.Use))];

    public void Report()
    {
        for (var i = 0; i < _rules.Length; i++)
        {
            CheckRoute(i);
            CheckReach(i);
        }

        foreach (var circle in RuleCircles.Find(_rules).Where(circle => circle.All(i => _isRead[i])))
        {
            var way = string.Join(" → ", circle.Select(rule => _rules[rule].Use).Prepend(_rules[circle[^1]].Use));
            faults.Add($"rules[{circle[0]}].use", $"{way} is a circle of rules ({string.Join(", ", circle.Select(r => $"rules[{r}]"))})");
        }
    }

    private void CheckRoute(int index)
    {
        var use = _rules[index].Use;
        if (!options.Models.ContainsKey(use))
        {
            var known = string.Join(", ", options.Models.Keys.Order(StringComparer.Ordinal));
            faults.Add($"rules[{index}].use", $"'{use}' is not a configured model ({known})");
        }
    }

    private void CheckReach(int index)
    {
        var earlier = Enumerable
            .Range(0, index)
            .Where(i => _isRead[i] && _isRead[index] && _rules[i].Covers(_rules[index]))
            .FirstOrDefault(-1);
        if (earlier >= 0)
        {
            faults.Add($"rules[{index}]", $"never applies: rules[{earlier}] comes first and takes every request that meets it");
        }
    }
}
