using System.Globalization;
using System.Text.Json.Nodes;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Rules;

namespace InferenceBroker.Api.Admin;

/// <summary>Writes conditions with the keys that they have in <c>broker.json</c>.</summary>
internal static class RuleConditionsJson
{
    public static JsonObject Write(IReadOnlyList<RuleCondition> conditions)
    {
        var when = new JsonObject();
        foreach (var condition in conditions)
        {
            Add(when, condition);
        }

        return when;
    }

    private static void Add(JsonObject when, RuleCondition condition)
    {
        switch (condition)
        {
            case TextCondition text:
                when[NameOf(text)] = new JsonArray([.. text.Values.Select(v => (JsonNode)v.Text)]);
                break;
            case CapabilityCondition { Capability: var capability, IsUsed: var isUsed }:
                when[NameOf(capability)] = isUsed;
                break;
            case PromptTokensCondition tokens:
                when["minPromptTokens"] = tokens.Minimum;
                when["maxPromptTokens"] = tokens.Maximum == int.MaxValue ? null : tokens.Maximum;
                break;
            case TimeOfDayCondition time:
                when["timeUtc"] = string.Create(CultureInfo.InvariantCulture, $"{time.From:HH:mm}-{time.To:HH:mm}");
                break;
        }
    }

    private static string NameOf(TextCondition text) =>
        text.Field switch
        {
            RuleField.Model => "model",
            RuleField.Tenant => "tenant",
            RuleField.Metadata => $"metadata.{text.Name}",
            _ => $"headers.{text.Name}",
        };

    private static string NameOf(Capabilities capability) =>
        capability switch
        {
            Capabilities.Tools => "hasTools",
            Capabilities.Vision => "hasImages",
            _ => "hasJsonSchema",
        };
}
