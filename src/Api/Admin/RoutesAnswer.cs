using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Api.Admin;

/// <param name="Rules">In their order.</param>
/// <param name="Limits">Of every job.</param>
internal sealed record RoutesAnswer(
    string Object,
    IReadOnlyList<RouteAnswer> Data,
    bool HasMore,
    IReadOnlyList<RuleAnswer> Rules,
    JobLimitsAnswer Limits
)
{
    public static RoutesAnswer Of(Catalog catalog) =>
        new(
            "list",
            [.. catalog.Routes.Select(RouteAnswer.Of)],
            HasMore: false,
            [.. catalog.Rules.Rules.Select(RuleAnswer.Of)],
            JobLimitsAnswer.Of(catalog.Limits)
        );
}
