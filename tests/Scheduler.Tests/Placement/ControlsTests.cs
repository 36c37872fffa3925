using InferenceBroker.Domain.Failures;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Placement;

/// <summary>What an operator wants takes effect with the next look, and moves what is queued.</summary>
public sealed class ControlsTests
{
    [Fact]
    public async Task A_paused_provider_gets_no_work_and_what_waits_there_goes_elsewhere()
    {
        using var broker = new Harness(new TestCatalog().Provider("a").Provider("b").Route("m", ("a", 1000), ("b", 1)));
        broker.Submit();
        broker.Pump();
        broker.Providers.ShouldBe(["a"]);

        await SetAsync(broker, "a", "paused");
        broker.Submit();
        broker.Pump();

        broker.Providers.ShouldBe(["a", "b", "b"]);
        broker.Memory.Credits.Find("a/default/m")!.InFlight.ShouldBe(0);

        await SetAsync(broker, "a", "active");
        broker.Submit();
        broker.Pump();
        broker.Providers[^1].ShouldBe("a");
    }

    [Fact]
    public async Task A_running_call_is_left_alone_by_a_pause()
    {
        using var broker = new Harness(new TestCatalog().Provider("a").Provider("b").Route("m", ("a", 1000), ("b", 1)));
        var job = broker.Submit();
        broker.Pump();
        broker.Store.Rows[job.Id].State = Domain.Jobs.JobState.Running;

        await SetAsync(broker, "a", "draining");

        broker.Providers.ShouldBe(["a"]);
        broker.Memory.Credits.Find("a/default/m")!.InFlight.ShouldBe(1);
    }

    [Fact]
    public async Task A_parked_key_waits_for_the_operator()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)));
        broker.Submit();
        broker.Pump();
        broker.Tell(broker.End(broker.Sent[0], FailureClass.Credential));
        broker.Advance(TimeSpan.FromHours(1));
        broker.Sent.Count.ShouldBe(1);

        await SetAsync(broker, "a/default", "active");
        broker.Sent.Count.ShouldBe(2);
    }

    private static async Task SetAsync(Harness broker, string target, string state)
    {
        await broker.Placement.SetControlAsync(new ControlRecord(target, state, null, broker.Time.GetUtcNow()), CancellationToken.None);
        await broker.WatchAsync();
    }
}
