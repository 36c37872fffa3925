using System.Collections.Concurrent;
using InferenceBroker.Contracts.Cancellation;
using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Contracts.Relay;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Messaging;

namespace InferenceBroker.Workers.Tests.Fakes;

/// <summary>Delivers what a test hands it; disposing a connection waits for the handlers, as the real one does.</summary>
internal sealed class FakeReceiver : IMessageReceiver
{
    private readonly ConcurrentDictionary<string, Connection> _providers = new();

    public Signals<string> Connected { get; } = new();

    public Signals<string> Disconnected { get; } = new();

    public IMessageHandler<CancelJobs>? Cancellations { get; private set; }

    /// <summary>Connecting these providers fails.</summary>
    public ISet<string> Broken { get; } = new HashSet<string>();

    public bool CancellationsBroken { get; set; }

    public int ConcurrencyOf(string provider) => _providers[provider].Concurrency;

    public Task DeliverAsync(ExecuteJobs message) => _providers[message.Provider].DeliverAsync(message);

    public Task<IAsyncDisposable> ReceiveProviderAsync(
        string provider,
        int concurrency,
        IMessageHandler<ExecuteJobs> handler,
        CancellationToken cancellationToken
    )
    {
        if (Broken.Contains(provider))
        {
            throw new InvalidOperationException("The broker is away.");
        }

        var connection = new Connection(provider, concurrency, handler, Disconnected);
        _providers[provider] = connection;
        Connected.Add(provider);
        return Task.FromResult<IAsyncDisposable>(connection);
    }

    public Task<IAsyncDisposable> ReceiveCancellationsAsync(IMessageHandler<CancelJobs> handler, CancellationToken cancellationToken)
    {
        if (CancellationsBroken)
        {
            throw new InvalidOperationException("The broker is away.");
        }

        Cancellations = handler;
        return Task.FromResult<IAsyncDisposable>(new Connection("cancellations", 1, null!, Disconnected));
    }

    public Task<IAsyncDisposable> ReceiveSchedulingAsync(
        int partition,
        IMessageHandler<JobsSubmitted> submissions,
        IMessageHandler<AttemptsEnded> settlements,
        IMessageHandler<LeaderAsked> questions,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<IAsyncDisposable> ReceiveRelayAsync(IMessageHandler<JobsChanged> handler, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private sealed class Connection(string name, int concurrency, IMessageHandler<ExecuteJobs> handler, Signals<string> disconnected)
        : IAsyncDisposable
    {
        private readonly ConcurrentBag<Task> _handling = [];

        public int Concurrency => concurrency;

        public Task DeliverAsync(ExecuteJobs message)
        {
            var handled = handler.HandleAsync(message, CancellationToken.None);
            _handling.Add(handled);
            return handled;
        }

        public async ValueTask DisposeAsync()
        {
            disconnected.Add(name);
            await Task.WhenAll(_handling);
        }
    }
}
