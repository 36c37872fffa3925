using InferenceBroker.Domain.Routing.Rules;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Sends requests that meet all conditions to a route.</summary>
internal sealed class RuleOptions
{
    /// <summary>All of them have to be met. Default: none, every request meets the rule.</summary>
    public IReadOnlyList<RuleCondition> When { get; init; } = [];

    /// <summary>The name of a configured model.</summary>
    public string Use { get; init; } = "";
}
