using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Dispatch;

public sealed class UnservableJobTests
{
    [Fact]
    public void A_job_that_no_target_can_serve_blocks_no_other_and_is_served_once_the_configuration_has_one()
    {
        var small = new Target("a", "m", 1, default(TokenPrice)) { ContextTokens = 1000 };
        var catalog = new TestCatalog().Route(new ModelRoute("m", RoutingPolicies.Weighted, [small], []));
        using var broker = new Harness(catalog);

        var tooLong = broker.Submit(with: j => j with { EstimatedInputTokens = 2000 });
        var short1 = broker.Submit();
        broker.Pump();
        broker.Sent.Select(s => s.JobId).ShouldBe([short1.Id.Value]);

        catalog.Route(new ModelRoute("m", RoutingPolicies.Weighted, [small with { ContextTokens = 4000 }], []));
        broker.Advance(TimeSpan.FromSeconds(5));
        broker.Sent.Select(s => s.JobId).ShouldBe([short1.Id.Value, tooLong.Id.Value]);
        broker.Memory.Index.QueuedCount.ShouldBe(0);
    }
}
