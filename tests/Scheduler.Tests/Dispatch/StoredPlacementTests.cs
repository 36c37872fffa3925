using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Dispatch;

/// <summary>What is stored with a job decides where it goes.</summary>
public sealed class StoredPlacementTests
{
    private static readonly Target Plain = new("plain", "m", 1, default(TokenPrice)) { Capabilities = Capabilities.None };
    private static readonly Target Able = new("able", "m", 1, default(TokenPrice));

    [Fact]
    public void The_route_that_a_rule_chose_comes_before_that_of_the_model()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)).Route("chosen", ("b", 1)));

        broker.Submit(with: j => j with { Route = "chosen" });
        broker.Submit();
        broker.Pump();

        broker.Providers.ShouldBe(["b", "a"], ignoreOrder: true);
    }

    [Fact]
    public void The_needs_of_a_job_keep_it_from_targets_that_cannot_serve_it()
    {
        using var broker = new Harness(Catalog(affinityMargin: null, Plain, Able));

        for (var i = 0; i < 20; i++)
        {
            broker.Submit(with: j => j with { Needs = (int)(Capabilities.Tools | Capabilities.JsonSchema) });
        }

        broker.Pump();
        broker.Providers.Distinct().ShouldBe(["able"]);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(null, 2)]
    public void Jobs_of_one_affinity_follow_each_other_where_the_route_says_so(int? margin, int providers)
    {
        using var broker = new Harness(Catalog(margin, Plain, Able));

        for (var i = 0; i < 20; i++)
        {
            broker.Submit(with: j => j with { Affinity = -42 });
        }

        broker.Pump();
        broker.Providers.Distinct().Count().ShouldBe(providers);
    }

    private static TestCatalog Catalog(int? affinityMargin, params Target[] targets) =>
        new TestCatalog().Route(new ModelRoute("m", RoutingPolicies.Weighted, targets, []) { AffinityMargin = affinityMargin });
}
