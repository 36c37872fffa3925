using InferenceBroker.Contracts.Cancellation;
using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Contracts.Relay;
using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Messaging.Topology;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.Logging;

namespace InferenceBroker.Messaging.Receiving;

internal sealed class MessageReceiver(
    IBusControl bus,
    ITransportTopology topology,
    MessagingOptions options,
    MessagingMetrics metrics,
    TimeProvider time,
    ILogger<MessageReceiver> logger
) : IMessageReceiver
{
    public Task<IAsyncDisposable> ReceiveSchedulingAsync(
        int partition,
        IMessageHandler<JobsSubmitted> submissions,
        IMessageHandler<AttemptsEnded> settlements,
        IMessageHandler<LeaderAsked> questions,
        CancellationToken cancellationToken
    )
    {
        var queue = QueueNames.Scheduler(partition);
        return ConnectAsync(
            queue,
            endpoint =>
            {
                topology.ConfigureSchedulerQueue(endpoint);
                MoveFaults(endpoint, queue);
                Handle(endpoint, submissions);
                Handle(endpoint, settlements);
                Handle(endpoint, questions);
            },
            cancellationToken
        );
    }

    public Task<IAsyncDisposable> ReceiveProviderAsync(
        string provider,
        int concurrency,
        IMessageHandler<ExecuteJobs> handler,
        CancellationToken cancellationToken
    )
    {
        var queue = QueueNames.Execute(provider);
        return ConnectAsync(
            queue,
            endpoint =>
            {
                topology.ConfigureProviderQueue(endpoint, concurrency);
                MoveFaults(endpoint, queue);
                Handle(endpoint, handler);
            },
            cancellationToken
        );
    }

    public Task<IAsyncDisposable> ReceiveRelayAsync(IMessageHandler<JobsChanged> handler, CancellationToken cancellationToken) =>
        ReceiveCopiesAsync(QueueNames.Relay, handler, cancellationToken);

    public Task<IAsyncDisposable> ReceiveCancellationsAsync(IMessageHandler<CancelJobs> handler, CancellationToken cancellationToken) =>
        ReceiveCopiesAsync(QueueNames.Cancel, handler, cancellationToken);

    /// <summary>The named queue of this process, for the answers to its questions: gone some time after the process is.</summary>
    public Task<IAsyncDisposable> ReceiveAnswersAsync(
        string queue,
        IMessageHandler<LeaderAnswered> handler,
        CancellationToken cancellationToken
    ) =>
        ConnectAsync(
            queue,
            endpoint =>
            {
                topology.ConfigureProcessQueue(endpoint);
                endpoint.ConfigureConsumeTopology = false;
                DiscardFaults(endpoint, QueueNames.Answers);
                Handle(endpoint, handler);
            },
            cancellationToken
        );

    private Task<IAsyncDisposable> ReceiveCopiesAsync<TMessage>(
        string exchange,
        IMessageHandler<TMessage> handler,
        CancellationToken cancellationToken
    )
        where TMessage : class =>
        ConnectAsync(
            QueueNames.OfThisProcess(exchange),
            endpoint =>
            {
                topology.ConfigureProcessQueue(endpoint);
                DiscardFaults(endpoint, exchange);
                Handle(endpoint, handler);
            },
            cancellationToken
        );

    private async Task<IAsyncDisposable> ConnectAsync(
        string queue,
        Action<IReceiveEndpointConfigurator> configure,
        CancellationToken cancellationToken
    )
    {
        var connected = new ConnectedQueue(queue, bus.ConnectReceiveEndpoint(queue, configure), options, time, logger);
        try
        {
            await connected.WaitUntilReadyAsync(cancellationToken);
            topology.Connected(queue);
            return connected;
        }
        catch
        {
            await connected.DisposeAsync();
            throw;
        }
    }

    private static void Handle<TMessage>(IReceiveEndpointConfigurator endpoint, IMessageHandler<TMessage> handler)
        where TMessage : class => endpoint.Handler<TMessage>(context => handler.HandleAsync(context.Message, context.CancellationToken));

    private void MoveFaults(IReceiveEndpointConfigurator endpoint, string queue) =>
        ConfigureFaults(endpoint, queue, new ErrorTransportFilter());

    // A fault queue beside a queue that goes with its process would stay for ever.
    private void DiscardFaults(IReceiveEndpointConfigurator endpoint, string queue)
    {
        endpoint.DiscardSkippedMessages();
        ConfigureFaults(endpoint, queue, new DiscardErrorTransportFilter());
    }

    private void ConfigureFaults(IReceiveEndpointConfigurator endpoint, string queue, IFilter<ExceptionReceiveContext> last)
    {
        endpoint.PublishFaults = false;
        endpoint.ConfigureError(faults =>
        {
            faults.UseFilter(new FaultFilter(queue, metrics, logger));
            faults.UseFilter(last);
        });
    }
}
