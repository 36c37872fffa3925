using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Workers.Pools;
using InferenceBroker.Workers.Tests.Fakes;
using Shouldly;
using Xunit;
using static InferenceBroker.Workers.Tests.Fakes.FakeCatalogSource;

namespace InferenceBroker.Workers.Tests.Pools;

public sealed class ProviderPoolsTests
{
    private readonly Bench _bench = new(new WorkersOptions { ShutdownSeconds = 5 });

    [Fact]
    public async Task Every_provider_is_connected_with_its_concurrency()
    {
        _bench.Catalogs.Current = Of([Provider("acme", 3), Provider("other", 7)]);

        (await RunOnceAsync()).ShouldBe(new PoolChanges(2, 0, 0));

        _bench.Receiver.ConcurrencyOf("acme").ShouldBe(3);
        _bench.Receiver.ConcurrencyOf("other").ShouldBe(7);
        (await RunOnceAsync()).ShouldBe(default);
    }

    [Fact]
    public async Task Dispose_WithoutAStop_EndsTheLoopWithoutAFault()
    {
        await _bench.Pools.StartAsync(CancellationToken.None);
        await _bench.Receiver.Connected.ReachAsync(1).WaitAsync(Bench.Patience);

        _bench.Pools.Dispose();

        await _bench.Pools.ExecuteTask.ShouldNotBeNull().WaitAsync(Bench.Patience);
    }

    [Fact]
    public async Task Only_the_providers_of_the_filter_are_served()
    {
        var bench = new Bench(new WorkersOptions { Providers = ["other"] });
        bench.Catalogs.Current = Of([Provider("acme"), Provider("other")]);

        await bench.Pools.RunOnceAsync(CancellationToken.None);

        bench.Receiver.Connected.All.ShouldBe(["other"]);
    }

    [Fact]
    public async Task A_queue_that_cannot_be_connected_is_tried_again_and_holds_up_no_other()
    {
        _bench.Catalogs.Current = Of([Provider("acme"), Provider("other")]);
        _bench.Receiver.Broken.Add("acme");
        (await RunOnceAsync()).Connected.ShouldBe(1);

        _bench.Receiver.Broken.Clear();

        (await RunOnceAsync()).Connected.ShouldBe(1);
        _bench.Receiver.Connected.All.ShouldBe(["other", "acme"]);
    }

    [Fact]
    public async Task The_pools_follow_the_catalog()
    {
        _bench.Catalogs.Current = Of([Provider("acme", 1), Provider("old")]);
        await RunOnceAsync();

        _bench.Catalogs.Current = Of([Provider("acme", 2), Provider("new")]);

        (await RunOnceAsync()).ShouldBe(new PoolChanges(Connected: 1, Removed: 1, Resized: 1));
        _bench.Receiver.Disconnected.All.ShouldBe(["old"]);
    }

    [Fact]
    public async Task No_more_calls_run_at_once_than_the_provider_allows()
    {
        _bench.Catalogs.Current = Of([Provider("acme", 2)]);
        await RunOnceAsync();
        var answer = new TaskCompletionSource();
        _bench.Client.OnSend = async (_, _, token) =>
        {
            await answer.Task.WaitAsync(token);
            return Bench.Answer();
        };

        var handled = _bench.Receiver.DeliverAsync(Message(1, 2, 3, 4, 5));

        _bench.Client.Calls.All.Count.ShouldBe(2);
        _bench.Running.Count.ShouldBe(2);
        answer.SetResult();
        await handled.WaitAsync(Bench.Patience);
        _bench.Client.Calls.All.Count.ShouldBe(5);
    }

    [Fact]
    public async Task The_jobs_of_a_message_start_together()
    {
        _bench.Catalogs.Current = Of([Provider("acme", 8)]);
        await RunOnceAsync();
        var go = new TaskCompletionSource();
        _bench.Writer.OnStart = async s =>
        {
            await go.Task;
            return Bench.Started(s);
        };

        var handled = _bench.Receiver.DeliverAsync(Message(1, 2, 3));

        _bench.Writer.Starts.All.Count.ShouldBe(3);
        go.SetResult();
        await handled.WaitAsync(Bench.Patience);
    }

    [Fact]
    public async Task A_message_is_done_when_all_of_its_attempts_have_ended()
    {
        await RunOnceAsync();
        var slow = new TaskCompletionSource();
        _bench.Client.OnSend = async (call, _, token) =>
        {
            if (call.JobId == new JobId(Bench.Order(2).JobId).ToString())
            {
                await slow.Task.WaitAsync(token);
            }

            return Bench.Answer();
        };

        var handled = _bench.Receiver.DeliverAsync(Message(1, 2));
        await _bench.Writer.Ends.ReachAsync(1);
        handled.IsCompleted.ShouldBeFalse();

        slow.SetResult();
        await handled.WaitAsync(Bench.Patience);
    }

    [Fact]
    public async Task One_poisonous_attempt_does_not_hurt_the_others()
    {
        await RunOnceAsync();
        _bench.Writer.OnStart = s =>
            s.Id.Value == Bench.Order(2).JobId
                ? Task.FromResult<StartedJob?>(Bench.Started(s) with { Body = null!, Id = default, Model = null! })
                : Task.FromResult<StartedJob?>(Bench.Started(s));
        _bench.Client.OnSend = (call, _, _) => call.Body.IsEmpty ? throw new InvalidOperationException() : Task.FromResult(Bench.Answer());

        await _bench.Receiver.DeliverAsync(Message(1, 2, 3)).WaitAsync(Bench.Patience);

        _bench.Writer.Ends.All.Count(e => e.Outcome == AttemptOutcome.Succeeded).ShouldBe(2);
        _bench.Running.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Stop_lets_running_attempts_finish()
    {
        await RunOnceAsync();
        var answer = new TaskCompletionSource();
        _bench.Client.OnSend = async (_, _, token) =>
        {
            await answer.Task.WaitAsync(token);
            return Bench.Answer();
        };
        _ = _bench.Receiver.DeliverAsync(Message(1));

        var stop = _bench.Pools.StopAsync(CancellationToken.None);
        await _bench.Receiver.Disconnected.ReachAsync(1);
        answer.SetResult();
        await stop.WaitAsync(Bench.Patience);

        _bench.End.Outcome.ShouldBe(AttemptOutcome.Succeeded);
    }

    [Fact]
    public async Task Stop_hands_back_what_has_not_finished_in_time_and_it_costs_the_job_nothing()
    {
        await RunOnceAsync();
        _bench.Client.Hang();
        _ = _bench.Receiver.DeliverAsync(Message(1));

        var stop = _bench.Pools.StopAsync(CancellationToken.None);
        await PassAsync(pause: 1);
        await stop.WaitAsync(Bench.Patience);

        _bench.End.Outcome.ShouldBe(AttemptOutcome.HandedBack);
        _bench.End.Next.ShouldBe(JobState.Queued);
        _bench.End.CostsAttempt.ShouldBeFalse();
        _bench.End.AddToTried.ShouldBeFalse();
        _bench.End.NotBefore.ShouldBeNull();
        _bench.Hints.Attempts.All.Single().Requeued!.AttemptsSpent.ShouldBe(0);
    }

    [Fact]
    public async Task A_job_that_must_not_be_replayed_fails_when_its_call_is_stopped()
    {
        await RunOnceAsync();
        _bench.Start(s => s with { Replay = ReplayPolicy.Never });
        _bench.Client.Hang();
        _ = _bench.Receiver.DeliverAsync(Message(1));

        var stop = _bench.Pools.StopAsync(CancellationToken.None);
        await PassAsync(pause: 1);
        await stop.WaitAsync(Bench.Patience);

        _bench.End.Outcome.ShouldBe(AttemptOutcome.HandedBack);
        _bench.End.Next.ShouldBe(JobState.Failed);
        _bench.End.Error!.Code.ShouldBe("handed_back");
    }

    [Fact]
    public async Task Stop_hands_back_at_once_what_was_delivered_but_not_started()
    {
        _bench.Catalogs.Current = Of([Provider("acme", 1)]);
        await RunOnceAsync();
        _bench.Client.Hang();
        _ = _bench.Receiver.DeliverAsync(Message(1, 2));

        var stop = _bench.Pools.StopAsync(CancellationToken.None);
        await _bench.Hints.Attempts.ReachAsync(1);

        _bench.Store.HandedBack.All.ShouldBe([(new JobId(Bench.Order(2).JobId), 5L)]);
        var hint = _bench.Hints.Attempts.All.Single();
        hint.Failure.ShouldBe((short)FailureClass.HandedBack);
        var requeued = hint.Requeued.ShouldNotBeNull();
        (requeued.Fence, requeued.Route, requeued.Needs, requeued.Affinity).ShouldBe((99, "chosen", 3, -5));
        (requeued.ApiKeyId, requeued.Priority, requeued.BatchHash).ShouldBe((8, (short)6, 11));
        (requeued.MaxCostNanoUsd, requeued.CostNanoUsd, hint.StartedAtMs).ShouldBe((12, 13, 0));
        await PassAsync(pause: 1);
        await stop.WaitAsync(Bench.Patience);
    }

    [Fact]
    public async Task Stop_ends_even_where_nothing_can_be_stored()
    {
        await RunOnceAsync();
        _bench.Client.Hang();
        _bench.Writer.OnFinish = _ => new TaskCompletionSource<FinishOutcome>().Task;
        _ = _bench.Receiver.DeliverAsync(Message(1));

        var stop = _bench.Pools.StopAsync(CancellationToken.None);
        await PassAsync(pause: 1);
        await PassAsync(pause: 2);
        await stop.WaitAsync(Bench.Patience);

        _bench.Hints.Attempts.All.ShouldBeEmpty();
    }

    private Task<PoolChanges> RunOnceAsync() => _bench.Pools.RunOnceAsync(CancellationToken.None);

    /// <summary>The first pause is for running attempts, the second for handing them back.</summary>
    private async Task PassAsync(int pause)
    {
        await _bench.Time.Pauses.ReachAsync(pause);
        _bench.Time.Advance(_bench.Time.Pauses.All[pause - 1]);
    }

    private static ExecuteJobs Message(params int[] numbers) =>
        new() { Provider = "acme", Jobs = [.. numbers.Select(n => Bench.Order(n))] };
}
