using System.Text.Json.Nodes;
using InferenceBroker.Domain.Routing.Rules;

namespace InferenceBroker.Api.Admin;

/// <param name="When">As <c>broker.json</c> writes it.</param>
internal sealed record RuleAnswer(JsonObject When, string Use)
{
    public static RuleAnswer Of(RoutingRule rule) => new(RuleConditionsJson.Write(rule.When), rule.Use);
}
