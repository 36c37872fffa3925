using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Health;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Placement;

/// <summary>An endpoint in trouble is left alone and comes back by one probe; the next leader knows what the last one knew.</summary>
public sealed class BreakerTests
{
    [Fact]
    public async Task A_failing_endpoint_is_opened_stored_and_tried_by_one_call()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)));
        for (var i = 0; i < 5; i++)
        {
            broker.Submit();
            broker.Pump();
            broker.Tell(broker.End(broker.Sent[^1], FailureClass.Transient, e => e with { Requeued = null }));
            broker.Pump();
        }

        var health = broker.Memory.Health.Endpoint(new("a", "default", "m"));
        health.Breaker.State.ShouldBe(BreakerState.Open);
        await broker.WatchAsync();
        broker.Placement.Health["a/default/m"].Snapshot.ShouldContain("\"State\":\"Open\"");

        var sent = broker.Sent.Count;
        Enumerable.Range(0, 3).ToList().ForEach(_ => broker.Submit(lane: Domain.Jobs.Lane.Batch));
        broker.Pump();
        broker.Sent.Count.ShouldBe(sent);

        broker.Advance(TimeSpan.FromSeconds(7));
        broker.Sent.Count.ShouldBe(sent + 1);
        broker.Tell(broker.End(broker.Sent[^1]));
        broker.Pump();
        health.Breaker.State.ShouldBe(BreakerState.Recovering);
        broker.Sent.Count.ShouldBe(sent + 1);

        broker.Advance(TimeSpan.FromSeconds(6));
        broker.Sent.Count.ShouldBe(sent + 2);
    }

    [Fact]
    public async Task A_new_leader_leaves_alone_what_the_last_one_left_alone()
    {
        using var old = new Harness(new TestCatalog().Route("m", ("a", 1)));
        for (var i = 0; i < 5; i++)
        {
            old.Submit();
            old.Pump();
            old.Tell(old.End(old.Sent[^1], FailureClass.Transient, e => e with { Requeued = null }));
            old.Pump();
        }

        await old.WatchAsync();
        using var next = new Harness(new TestCatalog().Route("m", ("a", 1)));
        next.Memory.Snapshots.Restore([.. old.Placement.Health.Values], next.Time.GetUtcNow());
        next.Submit();
        next.Pump();
        next.Sent.ShouldBeEmpty();
    }
}
