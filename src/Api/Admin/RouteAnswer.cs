using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Api.Admin;

/// <param name="AffinityMargin">Null: no affinity.</param>
internal sealed record RouteAnswer(
    string Object,
    string Name,
    string Policy,
    AdaptiveWeightsAnswer PolicyWeights,
    int? AffinityMargin,
    string? LargerContext,
    bool FallbackOnContentFilter,
    IReadOnlyList<string> Fallbacks,
    IReadOnlyList<TargetAnswer> Targets
)
{
    public static RouteAnswer Of(ModelRoute route) =>
        new(
            "model_route",
            route.Name,
            route.Policy,
            AdaptiveWeightsAnswer.Of(route.PolicyWeights),
            route.AffinityMargin,
            route.LargerContext,
            route.FallbackOnContentFilter,
            route.Fallbacks,
            [.. route.Targets.Select(TargetAnswer.Of)]
        );
}
