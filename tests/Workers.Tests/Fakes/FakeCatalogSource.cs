using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Workers.Tests.Fakes;

internal sealed class FakeCatalogSource : ICatalogSource
{
    public Catalog Current { get; set; } = Of([Provider("acme")]);

    public static ProviderDefinition Provider(string name, int concurrency = 4) =>
        new(name, "fake", concurrency, [new ProviderKey("main", null, null, null, 1)]);

    /// <summary>A route with a target at one provider.</summary>
    public static ModelRoute Route(string name, string provider, params string[] fallbacks) =>
        new(name, RoutingPolicies.Weighted, [new Target(provider, "upstream", 1, new TokenPrice(2m, 8m))], fallbacks);

    /// <summary>One route <c>gpt</c> with a target at every provider.</summary>
    public static Catalog Of(IReadOnlyList<ProviderDefinition> providers, JobLimits? limits = null) =>
        new(
            providers.ToDictionary(p => p.Name),
            [
                new ModelRoute(
                    "gpt",
                    RoutingPolicies.Weighted,
                    [.. providers.Select(p => new Target(p.Name, "upstream", 1, new TokenPrice(2m, 8m)))],
                    []
                ),
            ],
            limits ?? new JobLimits()
        );
}
