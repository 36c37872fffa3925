using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Api.Admin;

/// <param name="ContextTokens">Null: unknown.</param>
internal sealed record TargetAnswer(
    string Provider,
    string Model,
    int Weight,
    decimal InputPricePerMillion,
    decimal OutputPricePerMillion,
    int? ContextTokens,
    bool Tools,
    bool Vision,
    bool JsonSchema,
    string? Region,
    IReadOnlyList<string> Tags
)
{
    public static TargetAnswer Of(Target target) =>
        new(
            target.Provider,
            target.Model,
            target.Weight,
            target.Price.InputPerMillion,
            target.Price.OutputPerMillion,
            target.ContextTokens,
            target.Capabilities.HasFlag(Capabilities.Tools),
            target.Capabilities.HasFlag(Capabilities.Vision),
            target.Capabilities.HasFlag(Capabilities.JsonSchema),
            target.Region,
            target.Tags
        );
}
