using System.Diagnostics.Metrics;
using InferenceBroker.Contracts.Cancellation;
using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Contracts.Relay;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Messaging.Inquiries;
using InferenceBroker.Messaging.Tests.Support;
using InferenceBroker.Testing.Processes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Messaging.Tests.Conformance;

/// <summary>What every transport must do.</summary>
public abstract class MessagingConformance : IAsyncLifetime
{
    private protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly List<Node> _nodes = [];

    private protected static CollectingHandler<LeaderAsked> NoQuestions => new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task Submissions_and_settlements_reach_the_leader()
    {
        var node = await NodeAsync();
        var (submissions, settlements) = (new CollectingHandler<JobsSubmitted>(), new CollectingHandler<AttemptsEnded>());
        await using var queue = await node.Receiver.ReceiveSchedulingAsync(0, submissions, settlements, NoQuestions, default);
        var job = new SubmittedJob
        {
            JobId = Guid.CreateVersion7(),
            Model = "fast",
            TenantId = 7,
            Fence = 3,
            Tried = ["a/b/c"],
            CreatedAt = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero),
        };
        var attempt = new AttemptEnded
        {
            JobId = job.JobId,
            Endpoint = "openai/main/gpt",
            DurationMs = 12,
            Requeued = job,
        };

        node.Hints.JobSubmitted(job);
        node.Hints.AttemptEnded(attempt);

        (await submissions.NextAsync())
            .Jobs.ShouldHaveSingleItem()
            .ShouldBeEquivalentTo(
                job with
                {
                    Tried = new List<string> { "a/b/c" },
                    Fallbacks = new List<string>(),
                }
            );
        var received = (await settlements.NextAsync()).Attempts.ShouldHaveSingleItem();
        received.Endpoint.ShouldBe("openai/main/gpt");
        received.Requeued!.CreatedAt.ShouldBe(job.CreatedAt);
    }

    [Fact]
    public async Task Hints_that_wait_travel_as_few_messages()
    {
        var node = await NodeAsync();
        var submissions = new CollectingHandler<JobsSubmitted>();
        await using var queue = await node.Receiver.ReceiveSchedulingAsync(
            0,
            submissions,
            new CollectingHandler<AttemptsEnded>(),
            NoQuestions,
            default
        );
        const int Jobs = 1000;

        for (var number = 0; number < Jobs; number++)
            node.Hints.JobSubmitted(new SubmittedJob { JobId = Guid.CreateVersion7(), TenantId = number });

        HashSet<int> received = [];
        var messages = 0;
        while (received.Count < Jobs)
        {
            var message = await submissions.NextAsync();
            message.Jobs.Count.ShouldBeLessThanOrEqualTo(200);
            received.UnionWith(message.Jobs.Select(job => job.TenantId));
            messages++;
        }

        messages.ShouldBeLessThan(Jobs / 5);
    }

    [Fact]
    public async Task Relay_and_cancel_messages_reach_every_process()
    {
        var (first, second) = (await NodeAsync(), await NodeAsync());
        var relays = new[] { new CollectingHandler<JobsChanged>(), new CollectingHandler<JobsChanged>() };
        var cancels = new[] { new CollectingHandler<CancelJobs>(), new CollectingHandler<CancelJobs>() };
        await using var firstRelay = await first.Receiver.ReceiveRelayAsync(relays[0], default);
        await using var secondRelay = await second.Receiver.ReceiveRelayAsync(relays[1], default);
        await using var firstCancels = await first.Receiver.ReceiveCancellationsAsync(cancels[0], default);
        await using var secondCancels = await second.Receiver.ReceiveCancellationsAsync(cancels[1], default);
        var jobId = Guid.CreateVersion7();

        first.Hints.ChunksStored(
            new ChunkFrame
            {
                JobId = jobId,
                Attempt = 1,
                FirstSequence = 3,
                Chunks = ["{}"],
            }
        );
        first.Hints.CancelRequested(jobId);

        foreach (var relay in relays)
            (await relay.NextAsync()).Frames.ShouldHaveSingleItem().FirstSequence.ShouldBe(3);
        foreach (var cancel in cancels)
            (await cancel.NextAsync()).JobIds.ShouldBe([jobId]);
    }

    [Fact]
    public async Task Frames_of_a_job_arrive_in_their_order()
    {
        var node = await NodeAsync();
        var relay = new CollectingHandler<JobsChanged>();
        await using var queue = await node.Receiver.ReceiveRelayAsync(relay, default);
        const int Frames = 2000;

        for (var number = 1; number <= Frames; number++)
            node.Hints.ChunksStored(new ChunkFrame { FirstSequence = number, Chunks = ["{}"] });

        List<int> received = [];
        while (received.Count < Frames)
            received.AddRange((await relay.NextAsync()).Frames.Select(frame => frame.FirstSequence));
        received.ShouldBe(Enumerable.Range(1, Frames));
    }

    [Fact]
    public async Task Providers_get_only_their_own_messages()
    {
        var node = await NodeAsync();
        var (openai, gemini) = (new CollectingHandler<ExecuteJobs>(), new CollectingHandler<ExecuteJobs>());
        await using var first = await node.Receiver.ReceiveProviderAsync("openai", 2, openai, default);
        await using var second = await node.Receiver.ReceiveProviderAsync("gemini", 2, gemini, default);

        await node.Executions.SendAsync(Execution("openai", 1), default);
        await node.Executions.SendAsync(Execution("gemini", 2), default);

        (await openai.NextAsync()).Jobs[0].Fence.ShouldBe(1);
        (await gemini.NextAsync()).Jobs[0].Fence.ShouldBe(2);
        openai.TryNext().ShouldBeFalse();
        gemini.TryNext().ShouldBeFalse();
    }

    [Fact]
    public async Task An_execution_sent_before_any_worker_connected_waits_for_it()
    {
        var node = await NodeAsync();
        var handler = new CollectingHandler<ExecuteJobs>();

        var sending = node.Executions.SendAsync(Execution("late", 9), default);
        await using var queue = await node.Receiver.ReceiveProviderAsync("late", 1, handler, default);
        await sending;

        (await handler.NextAsync()).Jobs[0].Fence.ShouldBe(9);
    }

    [Fact]
    public async Task Hints_that_nobody_receives_do_no_harm()
    {
        var node = await NodeAsync();
        var jobId = Guid.CreateVersion7();
        using var sent = new MetricReader(node.Get<IMeterFactory>(), "broker.hints.sent", "destination", "relay");

        node.Hints.JobChanged(jobId);
        await sent.Counted.WaitAsync(Limit);
        var relay = new CollectingHandler<JobsChanged>();
        await using var queue = await node.Receiver.ReceiveRelayAsync(relay, default);
        node.Hints.JobEnded(jobId);

        (await relay.NextAsync()).Ended.ShouldBe([jobId]);
    }

    [Fact]
    public async Task Disposing_stops_taking_and_leaves_messages_for_the_next_receiver()
    {
        var node = await NodeAsync();
        var (before, after) = (new CollectingHandler<ExecuteJobs>(), new CollectingHandler<ExecuteJobs>());
        var queue = await node.Receiver.ReceiveProviderAsync("openai", 1, before, default);
        await node.Executions.SendAsync(Execution("openai", 1), default);
        await before.NextAsync();

        await queue.DisposeAsync();
        await node.Executions.SendAsync(Execution("openai", 2), default);
        await using var next = await node.Receiver.ReceiveProviderAsync("openai", 1, after, default);

        (await after.NextAsync()).Jobs[0].Fence.ShouldBe(2);
        before.TryNext().ShouldBeFalse();
    }

    [Fact]
    public async Task Disposing_waits_for_the_message_being_handled()
    {
        var node = await NodeAsync();
        var handler = new BlockingHandler<ExecuteJobs>();
        var queue = await node.Receiver.ReceiveProviderAsync("openai", 1, handler, default);
        await node.Executions.SendAsync(Execution("openai", 1), default);
        await handler.Entered.WaitAsync(Limit);

        var disposing = queue.DisposeAsync().AsTask();
        disposing.IsCompleted.ShouldBeFalse();
        handler.Release();
        await disposing.WaitAsync(Limit);

        handler.WasCancelled.ShouldBeFalse();
    }

    [Fact]
    public async Task Disposing_ends_within_its_limit_when_a_handler_hangs()
    {
        var node = await NodeAsync(stopTimeout: TimeSpan.FromSeconds(1));
        var handler = new BlockingHandler<ExecuteJobs>();
        var queue = await node.Receiver.ReceiveProviderAsync("openai", 1, handler, default);
        await node.Executions.SendAsync(Execution("openai", 1), default);
        await handler.Entered.WaitAsync(Limit);

        await queue.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(8));

        handler.Release();
    }

    [Fact]
    public async Task An_execution_that_always_fails_is_tried_three_times_and_counted_once()
    {
        var node = await NodeAsync();
        using var failed = new MetricReader(node.Get<IMeterFactory>(), "broker.messages.failed", "queue", "broker.execute.openai");
        var handler = new FailingHandler<ExecuteJobs>();
        await using var queue = await node.Receiver.ReceiveProviderAsync("openai", 1, handler, default);

        await node.Executions.SendAsync(Execution("openai", 1), default);
        await failed.Counted.WaitAsync(Limit);

        handler.Calls.ShouldBe(3);
        failed.Sum.ShouldBe(1);
        await AssertFaultQueueHoldsAsync("broker.execute.openai_error", 1);
    }

    [Fact]
    public async Task A_hint_that_fails_is_not_tried_again()
    {
        var node = await NodeAsync();
        using var failed = new MetricReader(node.Get<IMeterFactory>(), "broker.messages.failed", "queue", "broker.scheduler.0");
        var handler = new FailingHandler<JobsSubmitted>();
        await using var queue = await node.Receiver.ReceiveSchedulingAsync(
            0,
            handler,
            new CollectingHandler<AttemptsEnded>(),
            NoQuestions,
            default
        );

        node.Hints.JobSubmitted(new SubmittedJob { JobId = Guid.CreateVersion7() });
        await failed.Counted.WaitAsync(Limit);

        handler.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task The_bus_is_connected_once_a_queue_is()
    {
        var node = await NodeAsync();

        await using var queue = await node.Receiver.ReceiveRelayAsync(new CollectingHandler<JobsChanged>(), default);

        // The bus is healthy once all its endpoints are, its own too.
        await Eventually.TrueAsync(
            () => Task.FromResult(node.Status.IsConnected),
            TimeSpan.FromSeconds(20),
            () => "the bus is not connected"
        );
    }

    [Fact]
    public async Task Questions_reach_the_leader_and_each_answer_its_process()
    {
        var (leader, first, second) = (await NodeAsync(), await NodeAsync(), await NodeAsync());
        await using var queue = await AnsweringAsync(leader, asked => $"{asked.Kind}:{asked.Payload}");

        var (one, two) = (AskAsync(first, "one"), AskAsync(second, "two"));

        (await one).ShouldBe("waiting:one");
        (await two).ShouldBe("waiting:two");
        (await AskAsync(first, "three")).ShouldBe("waiting:three");
    }

    [Fact]
    public async Task A_question_that_nobody_answers_ends_with_nothing()
    {
        var node = await NodeAsync();

        (await AskAsync(node, "one", TimeSpan.FromMilliseconds(100))).ShouldBeNull();

        await using var queue = await AnsweringAsync(node, _ => "late");
        (await AskAsync(node, "two")).ShouldBe("late");
    }

    [Fact]
    public async Task A_caller_who_leaves_ends_his_question()
    {
        var node = await NodeAsync();
        using var left = new CancellationTokenSource();

        var asking = node.Get<ILeaderInquiry>().AskAsync(0, "waiting", "{}", Limit, left.Token);
        await left.CancelAsync();

        await asking.ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Beyond_64_open_questions_the_answer_is_nothing_at_once()
    {
        var node = await NodeAsync();
        using var left = new CancellationTokenSource();
        var open = Enumerable.Range(0, 64).Select(_ => node.Get<ILeaderInquiry>().AskAsync(0, "waiting", "{}", Limit, left.Token)).ToList();

        var last = node.Get<ILeaderInquiry>().AskAsync(0, "waiting", "{}", Limit, default);

        last.IsCompletedSuccessfully.ShouldBeTrue();
        (await last).ShouldBeNull();
        await left.CancelAsync();
        await Task.WhenAll(open).ShouldThrowAsync<OperationCanceledException>();
        (await AskAsync(node, "next", TimeSpan.FromMilliseconds(50))).ShouldBeNull();
    }

    /// <summary>Another process on the same transport.</summary>
    private protected abstract Task<Node> StartNodeAsync(TimeSpan stopTimeout);

    /// <summary>Where the transport has queues to look at: the fault queue holds so many messages.</summary>
    private protected abstract Task AssertFaultQueueHoldsAsync(string queue, uint messages);

    private protected static ExecuteJobs Execution(string provider, long fence) =>
        new()
        {
            Provider = provider,
            Jobs =
            [
                new ExecuteJob
                {
                    JobId = Guid.CreateVersion7(),
                    Fence = fence,
                    Key = "main",
                    Model = "gpt",
                },
            ],
        };

    private static Task<string?> AskAsync(Node node, string payload, TimeSpan? limit = null) =>
        node.Get<ILeaderInquiry>().AskAsync(0, InquiryKinds.Waiting, payload, limit ?? Limit, default);

    private static Task<IAsyncDisposable> AnsweringAsync(Node leader, Func<LeaderAsked, string> answer) =>
        leader.Receiver.ReceiveSchedulingAsync(
            0,
            new CollectingHandler<JobsSubmitted>(),
            new CollectingHandler<AttemptsEnded>(),
            new AnsweringHandler(leader.Get<IAnswerSender>(), answer),
            default
        );

    private protected async Task<Node> NodeAsync(TimeSpan? stopTimeout = null)
    {
        var node = await StartNodeAsync(stopTimeout ?? TimeSpan.FromSeconds(10));
        if (!_nodes.Contains(node))
            _nodes.Add(node);
        return node;
    }
}
