using InferenceBroker.Contracts.Cancellation;
using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Contracts.Relay;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;

namespace InferenceBroker.Messaging;

/// <summary>
/// Connects handlers to queues at run time, on RabbitMQ and in memory alike. Disposing what a method returns stops taking messages, waits
/// for those being handled and leaves the queue as it is. Thread safe. Connections and queues come back by themselves after the broker was
/// lost, also when it lost its data.
/// </summary>
public interface IMessageReceiver
{
    /// <summary>The durable queue of a scheduler partition. Only its leader connects.</summary>
    Task<IAsyncDisposable> ReceiveSchedulingAsync(
        int partition,
        IMessageHandler<JobsSubmitted> submissions,
        IMessageHandler<AttemptsEnded> settlements,
        IMessageHandler<LeaderAsked> questions,
        CancellationToken cancellationToken
    );

    /// <summary>The durable queue of a provider, declared here where it does not exist. At most <paramref name="concurrency"/> messages are handled at once.</summary>
    Task<IAsyncDisposable> ReceiveProviderAsync(
        string provider,
        int concurrency,
        IMessageHandler<ExecuteJobs> handler,
        CancellationToken cancellationToken
    );

    /// <summary>This process' own queue of relay messages: gone some time after the process is.</summary>
    Task<IAsyncDisposable> ReceiveRelayAsync(IMessageHandler<JobsChanged> handler, CancellationToken cancellationToken);

    /// <summary>This process' own queue of cancel messages: gone some time after the process is.</summary>
    Task<IAsyncDisposable> ReceiveCancellationsAsync(IMessageHandler<CancelJobs> handler, CancellationToken cancellationToken);
}
