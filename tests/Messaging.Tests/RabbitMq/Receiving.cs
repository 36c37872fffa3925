using InferenceBroker.Contracts.Cancellation;
using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Contracts.Relay;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Messaging.Tests.Support;
using InferenceBroker.Testing.Processes;

namespace InferenceBroker.Messaging.Tests.RabbitMq;

/// <summary>A receiver on every kind of queue.</summary>
internal sealed class Receiving : IAsyncDisposable
{
    private readonly MarkHandler<JobsSubmitted, int> _submissions = new(message => message.Jobs.Select(job => job.TenantId));
    private readonly MarkHandler<AttemptsEnded, int> _settlements = new(message => message.Attempts.Select(attempt => attempt.DurationMs));
    private readonly MarkHandler<ExecuteJobs, int> _executions = new(message => message.Jobs.Select(job => (int)job.Fence));
    private readonly MarkHandler<JobsChanged, Guid> _relay = new(message => message.Ended);
    private readonly MarkHandler<CancelJobs, Guid> _cancels = new(message => message.JobIds);
    private readonly List<IAsyncDisposable> _queues = [];
    private int _mark = 1;

    public static async Task<Receiving> ConnectAsync(Node node)
    {
        var receiving = new Receiving();
        receiving._queues.AddRange(
            await Task.WhenAll(
                node.Receiver.ReceiveSchedulingAsync(
                    0,
                    receiving._submissions,
                    receiving._settlements,
                    new CollectingHandler<LeaderAsked>(),
                    default
                ),
                node.Receiver.ReceiveProviderAsync("openai", 4, receiving._executions, default),
                node.Receiver.ReceiveRelayAsync(receiving._relay, default),
                node.Receiver.ReceiveCancellationsAsync(receiving._cancels, default)
            )
        );
        return receiving;
    }

    public static ExecuteJobs Execution(int mark) =>
        new() { Provider = "openai", Jobs = [new ExecuteJob { JobId = Guid.CreateVersion7(), Fence = mark }] };

    /// <summary>Sends one message of every kind until each has arrived: what is sent while the transport reconnects may be lost.</summary>
    public async Task AssertFlowsAsync(Node node, TimeSpan limit)
    {
        var (mark, id) = (++_mark, Guid.CreateVersion7());
        var arrived = new Dictionary<string, Task>
        {
            ["submission"] = _submissions.Seen(mark),
            ["settlement"] = _settlements.Seen(mark),
            ["execution"] = _executions.Seen(mark),
            ["relay"] = _relay.Seen(id),
            ["cancel"] = _cancels.Seen(id),
        };
        await Eventually.TrueAsync(
            async () =>
            {
                if (arrived.Values.All(task => task.IsCompleted))
                    return true;
                if (!arrived["submission"].IsCompleted)
                    node.Hints.JobSubmitted(new SubmittedJob { TenantId = mark });
                if (!arrived["settlement"].IsCompleted)
                    node.Hints.AttemptEnded(new AttemptEnded { DurationMs = mark });
                if (!arrived["relay"].IsCompleted)
                    node.Hints.JobEnded(id);
                if (!arrived["cancel"].IsCompleted)
                    node.Hints.CancelRequested(id);
                if (!arrived["execution"].IsCompleted)
                    await SendExecutionAsync(node, mark);
                return false;
            },
            limit,
            () => $"did not arrive: {string.Join(", ", arrived.Where(pair => !pair.Value.IsCompleted).Select(pair => pair.Key))}"
        );
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in _queues)
            await queue.DisposeAsync();
    }

    private static async Task SendExecutionAsync(Node node, int mark)
    {
        try
        {
            await node.Executions.SendAsync(Execution(mark), default);
        }
        catch (MessageNotSentException)
        {
            // Not connected yet: the next round tries again.
        }
    }
}
