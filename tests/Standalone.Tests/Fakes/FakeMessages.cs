using InferenceBroker.Contracts.Cancellation;
using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Contracts.Relay;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Messaging;

namespace InferenceBroker.Standalone.Tests.Fakes;

/// <summary>Keeps the hints that a run sends and hands relay messages to it.</summary>
internal sealed class FakeMessages : IHintSender, IMessageReceiver
{
    private IMessageHandler<JobsChanged>? _relay;

    public List<SubmittedJob> Submitted { get; } = [];

    /// <summary>Called for every submitted job, on the submitter's thread.</summary>
    public Action<SubmittedJob> OnSubmitted { get; set; } = _ => { };

    public void JobSubmitted(SubmittedJob job)
    {
        lock (Submitted)
        {
            Submitted.Add(job);
        }

        OnSubmitted(job);
    }

    public void TellEnded(Guid id) => _ = _relay?.HandleAsync(new JobsChanged { Ended = [id] }, CancellationToken.None);

    public Task<IAsyncDisposable> ReceiveRelayAsync(IMessageHandler<JobsChanged> handler, CancellationToken cancellationToken)
    {
        _relay = handler;
        return Task.FromResult<IAsyncDisposable>(new Nothing());
    }

    public void AttemptEnded(AttemptEnded attempt) => throw new NotSupportedException();

    public void ChunksStored(ChunkFrame frame) => throw new NotSupportedException();

    public void JobChanged(Guid jobId) => throw new NotSupportedException();

    public void JobEnded(Guid jobId) => throw new NotSupportedException();

    public void CancelRequested(Guid jobId) { }

    public Task<IAsyncDisposable> ReceiveSchedulingAsync(
        int partition,
        IMessageHandler<JobsSubmitted> submissions,
        IMessageHandler<AttemptsEnded> settlements,
        IMessageHandler<LeaderAsked> questions,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<IAsyncDisposable> ReceiveProviderAsync(
        string provider,
        int concurrency,
        IMessageHandler<ExecuteJobs> handler,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<IAsyncDisposable> ReceiveCancellationsAsync(IMessageHandler<CancelJobs> handler, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
