using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Dispatch;

public sealed class DispatchTests
{
    [Fact]
    public void A_submitted_job_is_claimed_and_sent_at_once()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)));

        var job = broker.Submit();
        broker.Pump();

        var sent = broker.Sent.ShouldHaveSingleItem();
        (sent.JobId, sent.Fence, sent.Key, sent.Model).ShouldBe((job.Id.Value, 1L, "default", "m"));
        broker.Store.Rows[job.Id].Endpoint.ShouldBe("a/default/m");
    }

    [Fact]
    public void Repeated_hints_dispatch_a_job_once()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)));

        var job = broker.Submit();
        broker.Tell(job);
        broker.Pump();
        broker.Tell(job);
        broker.Pump();

        broker.Sent.Count.ShouldBe(1);
        broker.Store.ClaimSizes.ShouldBe([1]);
    }

    [Fact]
    public void Sixty_thirty_ten_holds_over_a_thousand_jobs()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 60), ("b", 30), ("c", 10)));

        Submit(broker, 1000);

        Shares(broker).ShouldBe([("a", 600), ("b", 300), ("c", 100)]);
    }

    [Fact]
    public void The_share_of_a_full_provider_goes_to_the_others_in_proportion()
    {
        var catalog = new TestCatalog().Provider("c", concurrency: 0).Route("m", ("a", 60), ("b", 30), ("c", 10));
        using var broker = new Harness(catalog);

        Submit(broker, 900);

        Shares(broker).ShouldBe([("a", 600), ("b", 300)]);
    }

    [Fact]
    public void A_job_without_credit_waits_for_an_end()
    {
        using var broker = new Harness(new TestCatalog().Provider("a", concurrency: 2).Route("m", ("a", 1)));
        Submit(broker, 3);
        broker.Sent.Count.ShouldBe(2);

        broker.Tell(broker.End(broker.Sent[0]));
        broker.Pump();

        broker.Sent.Count.ShouldBe(3);
    }

    [Fact]
    public void Tokens_per_minute_are_waited_for_and_settled_with_what_was_used()
    {
        using var broker = new Harness(new TestCatalog().Provider("a", tokens: 200).Route("m", ("a", 1)));
        Submit(broker, 4);
        broker.Sent.Count.ShouldBe(2);

        broker.Tell(broker.End(broker.Sent[0], with: e => e with { InputTokens = 0, OutputTokens = 1 }));
        broker.Pump();
        broker.Sent.Count.ShouldBe(2);

        broker.Tell(broker.End(broker.Sent[1], with: e => e with { InputTokens = 0, OutputTokens = 99 }));
        broker.Pump();
        broker.Sent.Count.ShouldBe(3);
    }

    [Fact]
    public void A_route_without_credit_blocks_no_other()
    {
        var catalog = new TestCatalog().Provider("full", concurrency: 0).Route("stuck", ("full", 1)).Route("m", ("a", 1));
        using var broker = new Harness(catalog);

        broker.Submit("stuck");
        broker.Submit("m");
        broker.Pump();

        broker.Providers.ShouldBe(["a"]);
    }

    [Fact]
    public void A_model_without_a_route_blocks_no_other()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)));

        broker.Submit("unheard-of");
        broker.Submit("m");
        broker.Pump();

        broker.Sent.Count.ShouldBe(1);
        broker.Memory.Index.QueuedCount.ShouldBe(1);
    }

    [Fact]
    public void A_new_catalog_serves_jobs_that_had_no_route()
    {
        var catalog = new TestCatalog().Route("m", ("a", 1));
        using var broker = new Harness(catalog);
        broker.Submit("new");
        broker.Pump();

        catalog.Route("new", ("b", 1));
        broker.Advance(TimeSpan.FromMilliseconds(25));

        broker.Providers.ShouldBe(["b"]);
    }

    [Fact]
    public void Not_before_is_waited_for()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)));
        broker.Submit(with: j => j with { NotBefore = broker.Time.GetUtcNow() + TimeSpan.FromSeconds(5) });
        broker.Pump();

        broker.Advance(TimeSpan.FromSeconds(4.9));
        broker.Sent.ShouldBeEmpty();

        broker.Advance(TimeSpan.FromSeconds(0.1));
        broker.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public void A_job_past_its_deadline_is_not_dispatched()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)));

        broker.Submit(with: j => j with { Deadline = broker.Time.GetUtcNow() });
        broker.Pump();

        broker.Sent.ShouldBeEmpty();
    }

    [Fact]
    public void A_failed_job_goes_to_another_endpoint()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 99), ("b", 1)));
        broker.Submit();
        broker.Pump();

        broker.Tell(broker.End(broker.Sent[0], FailureClass.Transient));
        broker.Pump();

        broker.Providers.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Once_the_own_targets_failed_the_requests_fallbacks_come_before_the_routes()
    {
        var catalog = new TestCatalog().Route("m", ["second"], ("a", 1)).Route("first", ("b", 1)).Route("second", ("c", 1));
        using var broker = new Harness(catalog);
        broker.Submit(with: j => j with { Fallbacks = ["unheard-of", "first"] });
        broker.Pump();

        broker.Tell(broker.End(broker.Sent[0], FailureClass.Transient));
        broker.Pump();
        broker.Tell(broker.End(broker.Sent[1], FailureClass.Transient));
        broker.Pump();
        broker.Providers.ShouldBe(["a", "b", "c"]);

        broker.Tell(broker.End(broker.Sent[2], FailureClass.Transient));
        broker.Pump();
        broker.Providers.ShouldBe(["a", "b", "c", "a"]);
    }

    [Fact]
    public void A_job_waits_for_its_own_route_rather_than_go_to_a_fallback()
    {
        var catalog = new TestCatalog().Provider("a", concurrency: 0).Route("m", ["other"], ("a", 1)).Route("other", ("b", 1));
        using var broker = new Harness(catalog);

        broker.Submit();
        broker.Pump();

        broker.Sent.ShouldBeEmpty();
    }

    [Fact]
    public void A_rate_limited_endpoint_is_left_alone_until_its_time()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)));
        broker.Submit();
        broker.Pump();
        broker.Tell(broker.End(broker.Sent[0], FailureClass.RateLimited, with: e => e with { RetryAfterMs = 20_000 }));
        broker.Pump();

        broker.Advance(TimeSpan.FromSeconds(19));
        broker.Sent.Count.ShouldBe(1);

        broker.Advance(TimeSpan.FromSeconds(1));
        broker.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public void Interactive_jobs_go_before_batch_jobs()
    {
        using var broker = new Harness(new TestCatalog().Provider("a", concurrency: 1).Route("m", ("a", 1)));
        var batch = broker.Submit(lane: Lane.Batch);
        var interactive = broker.Submit(lane: Lane.Interactive);

        broker.Pump();
        broker.Sent.ShouldHaveSingleItem().JobId.ShouldBe(interactive.Id.Value);

        broker.Tell(broker.End(broker.Sent[0]));
        broker.Pump();
        broker.Sent[1].JobId.ShouldBe(batch.Id.Value);
    }

    [Fact]
    public void Old_batch_jobs_overtake_new_interactive_ones()
    {
        using var broker = new Harness(new TestCatalog().Provider("a", concurrency: 1).Route("m", ("a", 1)));
        broker.Submit();
        broker.Pump();
        var batch = broker.Submit(lane: Lane.Batch);
        broker.Time.Advance(TimeSpan.FromMinutes(11));
        broker.Submit(lane: Lane.Interactive);

        broker.Tell(broker.End(broker.Sent[0]));
        broker.Pump();

        broker.Sent[1].JobId.ShouldBe(batch.Id.Value);
    }

    [Theory]
    [InlineData(1, 50)]
    [InlineData(3, 75)]
    public async Task Tenants_share_by_weight(int weight, int expected)
    {
        using var broker = new Harness(new TestCatalog().Provider("a", concurrency: 1).Route("m", ("a", 1)));
        broker.Tenants.Tenants.Add(new(1, "one", weight, default));
        broker.Tenants.Tenants.Add(new(2, "two", 1, default));
        await broker.SweepAsync();
        for (var i = 0; i < 200; i++)
        {
            broker.Submit(tenant: i < 120 ? 1 : 2);
        }

        for (var i = 0; i < 100; i++)
        {
            broker.Pump();
            broker.Tell(broker.End(broker.Sent[i]));
        }

        var ofFirst = broker.Sent.Take(100).Count(s => broker.Store.Rows[new JobId(s.JobId)].Job.TenantId == 1);
        ofFirst.ShouldBeInRange(expected - 1, expected + 1);
    }

    [Fact]
    public void A_cancelled_job_falls_out_at_the_claim_and_its_credit_comes_back()
    {
        using var broker = new Harness(new TestCatalog().Provider("a", concurrency: 1, tokens: null).Route("m", ("a", 1)));
        var cancelled = broker.Submit();
        broker.Store.Rows[cancelled.Id].State = JobState.Cancelled;
        var other = broker.Submit();

        broker.Pump();

        broker.Sent.ShouldHaveSingleItem().JobId.ShouldBe(other.Id.Value);
        broker.Memory.Index.QueuedCount.ShouldBe(0);
    }

    [Fact]
    public void A_claim_without_an_answer_is_made_again()
    {
        using var broker = new Harness(new TestCatalog().Provider("a", concurrency: 1).Route("m", ("a", 1)));
        broker.Store.ClaimFailure = new IOException("The database is away.");
        broker.Submit();
        broker.Pump();
        broker.Sent.ShouldBeEmpty();

        broker.Advance(TimeSpan.FromMilliseconds(100));

        broker.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public void While_the_bus_is_away_nothing_is_dispatched()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)));
        broker.Bus.IsConnected = false;
        broker.Submit();
        broker.Pump();
        broker.Store.ClaimSizes.ShouldBeEmpty();

        broker.Bus.IsConnected = true;
        broker.Advance(TimeSpan.FromMilliseconds(25));

        broker.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public void A_provider_whose_queue_is_not_reached_is_paused_and_no_other()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)).Route("n", ("b", 1)));
        broker.Sender.Unreachable.Add("a");
        broker.Submit("m");
        broker.Pump();

        broker.Submit("m");
        broker.Submit("n");
        broker.Pump();

        broker.Store.ClaimSizes.Sum().ShouldBe(2);
        broker.Providers.ShouldBe(["b"]);
    }

    [Fact]
    public async Task While_a_claim_is_under_way_small_rounds_gather_and_large_ones_go()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)), o => o.RoundSize = 8);
        var gate = broker.Store.ClaimGate = new TaskCompletionSource();
        Submit(broker, 1);
        Submit(broker, 1);
        broker.Store.ClaimSizes.ShouldBe([1]);

        Submit(broker, 20);
        broker.Store.ClaimSizes.ShouldBe([1, 8, 8, 5]);

        broker.Store.ClaimGate = null;
        gate.SetResult();
        await broker.PumpUntilSentAsync(22);
        broker.Sent.Count.ShouldBe(22);
    }

    [Fact]
    public void No_more_claims_than_allowed_are_under_way()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)), o => (o.RoundSize, o.RoundsInFlight) = (8, 3));
        broker.Store.ClaimGate = new TaskCompletionSource();

        Submit(broker, 100);

        broker.Store.ClaimSizes.ShouldBe([8, 8, 8]);
    }

    private static void Submit(Harness broker, int jobs)
    {
        for (var i = 0; i < jobs; i++)
        {
            broker.Submit();
        }

        broker.Pump();
    }

    private static IEnumerable<(string, int)> Shares(Harness broker) =>
        broker.Providers.CountBy(p => p).OrderBy(c => c.Key).Select(c => (c.Key, c.Value));
}
