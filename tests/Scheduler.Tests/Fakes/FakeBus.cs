using InferenceBroker.Contracts.Cancellation;
using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Contracts.Relay;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Messaging;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>The receiving side of the bus: hands messages to the handlers that are connected.</summary>
internal sealed class FakeBus : IMessageReceiver, IBusStatus
{
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IMessageHandler<JobsSubmitted>? _submissions;
    private IMessageHandler<AttemptsEnded>? _settlements;

    public bool IsConnected { get; set; } = true;

    /// <summary>Thrown by the next connect, once.</summary>
    public Exception? ConnectFailure { get; set; }

    public int Connects { get; private set; }

    public bool HasListener => _submissions is not null;

    public Task ConnectedAsync() => _connected.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public Task SubmitAsync(params SubmittedJob[] jobs) =>
        _submissions?.HandleAsync(new JobsSubmitted { Jobs = jobs }, CancellationToken.None) ?? Task.CompletedTask;

    public Task EndAsync(params AttemptEnded[] attempts) =>
        _settlements?.HandleAsync(new AttemptsEnded { Attempts = attempts }, CancellationToken.None) ?? Task.CompletedTask;

    public Task<IAsyncDisposable> ReceiveSchedulingAsync(
        int partition,
        IMessageHandler<JobsSubmitted> submissions,
        IMessageHandler<AttemptsEnded> settlements,
        IMessageHandler<LeaderAsked> questions,
        CancellationToken cancellationToken
    )
    {
        Connects++;
        if (ConnectFailure is { } failure)
        {
            ConnectFailure = null;
            throw failure;
        }

        (_submissions, _settlements) = (submissions, settlements);
        _connected.TrySetResult();
        return Task.FromResult<IAsyncDisposable>(new Connection(this));
    }

    public Task<IAsyncDisposable> ReceiveProviderAsync(
        string provider,
        int concurrency,
        IMessageHandler<ExecuteJobs> handler,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<IAsyncDisposable> ReceiveRelayAsync(IMessageHandler<JobsChanged> handler, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IAsyncDisposable> ReceiveCancellationsAsync(IMessageHandler<CancelJobs> handler, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private sealed class Connection(FakeBus bus) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            (bus._submissions, bus._settlements) = (null, null);
            return ValueTask.CompletedTask;
        }
    }
}
