using InferenceBroker.Domain.Failures;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Placement;

/// <summary>Limits of tenants and keys hold back their own jobs and nobody else's.</summary>
public sealed class LimitsTests
{
    [Fact]
    public async Task A_tenant_at_its_cap_waits_while_another_goes_on()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)));
        await LimitAsync(broker, new(1, null, "{\"max_in_flight\":2}"));
        var first = Enumerable.Range(0, 3).Select(_ => broker.Submit(tenant: 1)).ToArray();
        broker.Submit(tenant: 2);
        broker.Pump();
        broker.Sent.Count.ShouldBe(3);
        broker.Sent.ShouldNotContain(sent => sent.JobId == first[2].Id.Value);

        broker.Tell(broker.End(broker.Sent.First(sent => sent.JobId == first[0].Id.Value)));
        broker.Pump();
        broker.Sent.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_key_at_its_limit_blocks_no_other_key_of_its_tenant()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)));
        await LimitAsync(broker, new(1, 7, "{\"requests_per_minute\":1}"));
        broker.Submit(with: job => job with { ApiKeyId = 7 });
        var held = broker.Submit(with: job => job with { ApiKeyId = 7 });
        var other = broker.Submit(with: job => job with { ApiKeyId = 8 });
        broker.Pump();

        broker.Sent.Count.ShouldBe(2);
        broker.Sent.ShouldContain(sent => sent.JobId == other.Id.Value);
        broker.Advance(TimeSpan.FromSeconds(61));
        broker.Sent.ShouldContain(sent => sent.JobId == held.Id.Value);
    }

    [Fact]
    public async Task Money_of_the_day_is_reserved_before_it_is_spent_and_comes_back_at_midnight()
    {
        var target = new Domain.Routing.Target("a", "m", 1, new Domain.Pricing.TokenPrice(10m, 10m));
        using var broker = new Harness(new TestCatalog().Route(new Domain.Routing.ModelRoute("m", "weighted", [target], [])));

        // 50 + 50 tokens at 10 dollars a million: a thousandth of a dollar each.
        await LimitAsync(broker, new(1, null, "{\"usd_per_day\":0.0015}"));
        broker.Submit();
        broker.Submit();
        broker.Pump();
        broker.Sent.Count.ShouldBe(1);

        broker.Tell(broker.End(broker.Sent[0], with: e => e with { InputTokens = 50, OutputTokens = 50, CostNanoUsd = 1_000_000 }));
        broker.Pump();
        broker.Sent.Count.ShouldBe(1);
        broker.Advance(TimeSpan.FromHours(24));
        broker.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public void One_huge_batch_does_not_bury_its_owners_single_jobs()
    {
        using var broker = new Harness(new TestCatalog().Provider("a", concurrency: 10).Route("m", ("a", 1)));
        for (var i = 0; i < 200; i++)
        {
            broker.Submit(with: job => job with { BatchHash = 99 });
        }

        var single = broker.Submit();
        for (var turn = 0; turn < 3; turn++)
        {
            broker.Pump();
            broker.Tell([.. broker.Sent.Skip(turn * 10).Take(10).Select(sent => broker.End(sent, FailureClass.None))]);
        }

        broker.Sent.Take(30).ShouldContain(sent => sent.JobId == single.Id.Value);
    }

    [Fact]
    public void A_batch_that_is_done_leaves_nothing_behind()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)));
        broker.Submit(with: job => job with { BatchHash = 99 });
        broker.Pump();
        var lane = broker.Memory.Index.TenantOf(1).LaneOf(Domain.Jobs.Lane.Standard);
        lane.Groups.Count.ShouldBe(1);

        broker.Tell(broker.End(broker.Sent[0]));
        broker.Pump();
        lane.Groups.ShouldBeEmpty();
    }

    private static async Task LimitAsync(Harness broker, LimitsRecord limits)
    {
        await broker.Placement.SetLimitsAsync(limits, CancellationToken.None);
        await broker.WatchAsync();
    }
}
