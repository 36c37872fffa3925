using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Tests.Routing;

public sealed class UpstreamModelNameTests
{
    private static readonly Catalog Routes = new(
        new Dictionary<string, ProviderDefinition>(),
        [
            Route("gpt-*", ["claude", "anything-*"], ("openai", "*")),
            Route("claude", [], ("anthropic", "*")),
            Route("anything-*", [], ("local", "*")),
            Route("fixed", ["gpt-4o"], ("mistral", "large")),
        ],
        new JobLimits()
    );

    [Theory]
    [InlineData("fixed", "mistral", "large", "large")]
    [InlineData("gpt-5", "openai", "*", "gpt-5")]
    [InlineData("gpt-5", "anthropic", "*", "claude")] // the route's fallback, an exact name
    [InlineData("gpt-5", "local", "*", "gpt-5")] // a fallback that is a pattern names no model
    [InlineData("fixed", "openai", "*", "gpt-4o")] // a fallback that a pattern serves
    [InlineData("gone", "openai", "*", "gone")]
    public void Of_FollowsTheOrderOfTheRoutes(string job, string provider, string model, string expected) =>
        UpstreamModelName.Of(Routes, job, [], provider, model).ShouldBe(expected);

    [Fact]
    public void Of_TheJobsOwnFallback_ComesBeforeTheRoutes() =>
        UpstreamModelName.Of(Routes, "fixed", ["gpt-mini"], "openai", "*").ShouldBe("gpt-mini");

    [Theory]
    [InlineData("auto", "claude", "anthropic", "claude")] // the route that a rule named
    [InlineData("gpt-mini", "anything-*", "local", "gpt-mini")] // a pattern names no model
    [InlineData("auto", "fixed", "openai", "gpt-4o")] // a fallback of the rule's route
    public void Of_ARouteThatARuleChose_TakesThePlaceOfTheModels(string job, string route, string provider, string expected) =>
        UpstreamModelName.Of(Routes, job, [], provider, "*", route).ShouldBe(expected);

    private static ModelRoute Route(string name, string[] fallbacks, params (string Provider, string Model)[] targets) =>
        new(name, RoutingPolicies.Weighted, [.. targets.Select(t => new Target(t.Provider, t.Model, 1, default))], fallbacks);
}
