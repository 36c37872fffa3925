using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Standalone.Tests.Fakes;

internal static class Catalogs
{
    /// <summary>One provider, models that begin with <c>gpt-</c> or <c>text-</c>.</summary>
    public static Catalog Simple { get; } =
        new(
            new Dictionary<string, ProviderDefinition>
            {
                ["sim"] = new("sim", "simulated", 8, [new ProviderKey("default", null, null, null, 1)]),
            },
            [Route("gpt-*"), Route("text-*")],
            new JobLimits()
        );

    private static ModelRoute Route(string name) =>
        new(name, RoutingPolicies.Weighted, [new Target("sim", "*", 1, new TokenPrice(1, 2))], []);
}
