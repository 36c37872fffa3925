using System.Threading.Channels;
using InferenceBroker.Contracts.Cancellation;
using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Contracts.Relay;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Messaging;

namespace InferenceBroker.Api.Tests.Fakes;

/// <summary>Delivers relay messages at once to every Api that listens, and keeps the hints that the Api sends.</summary>
internal sealed class FakeBus : IMessageReceiver, IHintSender
{
    private readonly List<IMessageHandler<JobsChanged>> _relays = [];
    private readonly Channel<SubmittedJob> _submitted = Channel.CreateUnbounded<SubmittedJob>();
    private readonly Channel<Guid> _cancelRequests = Channel.CreateUnbounded<Guid>();

    /// <summary>True: relay messages are lost.</summary>
    public bool LosesMessages { get; set; }

    public List<Guid> Ended { get; } = [];

    public List<AttemptEnded> Attempts { get; } = [];

    public ChannelReader<SubmittedJob> Submitted => _submitted.Reader;

    public ChannelReader<Guid> CancelRequests => _cancelRequests.Reader;

    public SemaphoreSlim Connected { get; } = new(0);

    public async Task PublishAsync(JobsChanged message)
    {
        if (LosesMessages)
        {
            return;
        }

        foreach (var relay in _relays.ToArray())
        {
            await relay.HandleAsync(message, CancellationToken.None);
        }
    }

    public Task<IAsyncDisposable> ReceiveRelayAsync(IMessageHandler<JobsChanged> handler, CancellationToken cancellationToken)
    {
        _relays.Add(handler);
        Connected.Release();
        return Task.FromResult<IAsyncDisposable>(new Connection(() => _relays.Remove(handler)));
    }

    public void JobSubmitted(SubmittedJob job) => _submitted.Writer.TryWrite(job);

    public void AttemptEnded(AttemptEnded attempt) => Attempts.Add(attempt);

    public void JobEnded(Guid jobId)
    {
        Ended.Add(jobId);
        _ = PublishAsync(new JobsChanged { Ended = [jobId] });
    }

    public void CancelRequested(Guid jobId) => _cancelRequests.Writer.TryWrite(jobId);

    public void ChunksStored(ChunkFrame frame) => throw new NotSupportedException();

    public void JobChanged(Guid jobId) => throw new NotSupportedException();

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

    private sealed class Connection(Action close) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            close();
            return ValueTask.CompletedTask;
        }
    }
}
