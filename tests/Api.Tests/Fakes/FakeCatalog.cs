using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Api.Tests.Fakes;

/// <summary>Two models and a pattern, all served by the simulated provider.</summary>
internal sealed class FakeCatalog : ICatalogSource
{
    public Catalog Current { get; set; } =
        new(
            new Dictionary<string, ProviderDefinition>(StringComparer.Ordinal)
            {
                ["sim"] = new("sim", "simulated", 8, [new ProviderKey("default", null, null, null, 1)]),
            },
            [Route("model-a"), Route("model-b"), Route("sim-*")],
            new JobLimits()
        );

    private static ModelRoute Route(string name) => new(name, RoutingPolicies.Weighted, [new Target("sim", "*", 1, default)], []);
}
