using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scheduler.Inquiries;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Inquiries;

public sealed class DecisionLogTests
{
    [Fact]
    public void Of_a_large_route_sixteen_are_listed_and_the_picked_one_is_among_them()
    {
        Target[] targets = [.. Enumerable.Range(0, 40).Select(i => new Target($"p{i}", "m", i == 39 ? 1000 : 1, default(TokenPrice)))];
        using var harness = new Harness(new TestCatalog().Route(new ModelRoute("m", RoutingPolicies.Weighted, targets, [])));
        var job = Dispatch(harness);

        var decision = DecisionReport.Of(harness.Memory.Decisions, job.Id.Value).ShouldHaveSingleItem();

        decision.Candidates.Count.ShouldBe(16);
        decision.NotListed.ShouldBe(24);
        decision.Candidates.Single(c => c.Picked).Endpoint.ShouldBe("p39/default/m");
    }

    [Fact]
    public void The_oldest_decisions_are_forgotten()
    {
        using var harness = new Harness(new TestCatalog().Provider("a", concurrency: 100_000).Route("m", ("a", 1)));
        var first = Dispatch(harness);
        QueuedJob? last = null;
        for (var i = 0; i < (4096 * 4) - 1; i++)
        {
            last = harness.Submit();
            if (i % 2000 == 0)
            {
                harness.Pump();
            }
        }

        harness.Pump();
        DecisionReport.Of(harness.Memory.Decisions, first.Id.Value).Count.ShouldBe(1);

        Dispatch(harness);
        DecisionReport.Of(harness.Memory.Decisions, first.Id.Value).ShouldBeEmpty();
        DecisionReport.Of(harness.Memory.Decisions, last!.Id.Value).Count.ShouldBe(1);
    }

    private static QueuedJob Dispatch(Harness harness)
    {
        var job = harness.Submit();
        harness.Pump();
        return job;
    }
}
