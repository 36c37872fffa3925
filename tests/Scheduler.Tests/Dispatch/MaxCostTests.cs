using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Dispatch;

/// <summary>What a job may cost is looked at before anything is spent.</summary>
public sealed class MaxCostTests
{
    private static readonly ModelRoute Route = new(
        "m",
        RoutingPolicies.Priority,
        [new Target("dear", "m", 1, new TokenPrice(10m, 10m)), new Target("cheap", "m", 1, new TokenPrice(1m, 1m))],
        []
    );

    [Fact]
    public void A_job_goes_where_it_stays_within_its_limit()
    {
        using var broker = new Harness(new TestCatalog().Route(Route));
        broker.Submit(with: job => job with { MaxCostNanoUsd = 500_000 });
        broker.Pump();

        broker.Memory.Credits.Find("cheap/default/m")!.InFlight.ShouldBe(1);
    }

    [Fact]
    public void A_job_that_is_too_costly_everywhere_fails_and_blocks_no_other()
    {
        using var broker = new Harness(new TestCatalog().Route(Route));
        var costly = broker.Submit(with: job => job with { MaxCostNanoUsd = 50_000 });
        var other = broker.Submit();
        broker.Pump();

        broker.Store.Rows[costly.Id].State.ShouldBe(JobState.Failed);
        broker.Sent.Select(sent => sent.JobId).ShouldBe([other.Id.Value]);
    }

    [Fact]
    public void What_earlier_attempts_cost_counts_too()
    {
        using var broker = new Harness(new TestCatalog().Route(Route));
        var spent = broker.Submit(with: job => job with { MaxCostNanoUsd = 500_000, CostNanoUsd = 450_000 });
        broker.Pump();

        broker.Store.Rows[spent.Id].State.ShouldBe(JobState.Failed);
    }
}
