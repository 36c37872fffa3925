using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Rules;
using InferenceBroker.Hosting.Catalogs;
using InferenceBroker.Hosting.Tests.Configuration;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Catalogs;

public sealed class CatalogBuilderTests
{
    private const string Json = """
        { "providers": { "sim": { "kind": "simulated", "keys": [ { "inputTokensPerMinute": 10, "outputTokensPerMinute": 20 } ] } },
          "models": {
            "plain": { "targets": [ { "provider": "sim" } ] },
            "full":  { "policy": "adaptive", "policyWeights": { "errors": 3, "cost": 0 }, "affinity": true, "affinityMargin": 7,
                       "largerContext": "plain", "fallbackOnContentFilter": true,
                       "targets": [ { "provider": "sim", "contextTokens": 8000, "tools": false, "vision": true, "jsonSchema": false, "region": "eu", "tags": [ "fast" ] } ] } },
          "rules": [ { "when": { "metadata.task": [ "classification", "extract*" ], "model": "full", "minPromptTokens": 10, "hasImages": false, "timeUtc": "22:00-06:00" }, "use": "plain" },
                     { "when": { "headers.X-Team": "search" }, "use": "full" } ] }
        """;

    private readonly Catalog _catalog = CatalogBuilder.Build(Loading.Load(Json).Options);

    [Fact]
    public void Settings_that_are_written_are_those_of_the_route()
    {
        var route = _catalog.FindRoute("full")!;

        route.Policy.ShouldBe(RoutingPolicies.Adaptive);
        route.PolicyWeights.ShouldBe(new AdaptiveWeights(3, 0.2, 0.2, 0));
        (route.AffinityMargin, route.LargerContext, route.FallbackOnContentFilter).ShouldBe((7, "plain", true));
        var target = route.Targets[0];
        (target.Capabilities, target.ContextTokens, target.Region).ShouldBe((Capabilities.Vision, 8000, "eu"));
        target.Tags.ShouldBe(["fast"]);
        var key = _catalog.Providers["sim"].Keys[0];
        (key.InputTokensPerMinute, key.OutputTokensPerMinute).ShouldBe((10, 20));
    }

    [Fact]
    public void Settings_that_are_not_written_ask_for_nothing()
    {
        var route = _catalog.FindRoute("plain")!;

        route.PolicyWeights.ShouldBe(AdaptiveWeights.Standard);
        (route.AffinityMargin, route.LargerContext, route.FallbackOnContentFilter).ShouldBe((null, null, false));
        (route.Targets[0].Capabilities, route.Targets[0].ContextTokens).ShouldBe((Capabilities.All, null));
    }

    [Theory]
    [InlineData("classification", 10, Capabilities.None, 23, "plain")]
    [InlineData("extraction", 10, Capabilities.Tools, 3, "plain")]
    [InlineData("summary", 10, Capabilities.None, 23, "full")]
    [InlineData("classification", 9, Capabilities.None, 23, "full")]
    [InlineData("classification", 10, Capabilities.Vision, 23, "full")]
    [InlineData("classification", 10, Capabilities.None, 7, "full")]
    public void Rules_are_applied_as_written(string task, int tokens, Capabilities uses, int hour, string use)
    {
        var request = new RequestFeatures("full", "default", tokens, uses, DateTimeOffset.UnixEpoch.AddHours(hour))
        {
            Metadata = name => name == "task" ? task : null,
            Headers = name => name.Equals("x-team", StringComparison.OrdinalIgnoreCase) ? "search" : null,
        };

        _catalog.Rules.Match(request)!.Use.ShouldBe(use);
    }
}
