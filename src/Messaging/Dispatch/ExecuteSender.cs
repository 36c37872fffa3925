using System.Collections.Concurrent;
using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Messaging.Topology;
using MassTransit;

namespace InferenceBroker.Messaging.Dispatch;

internal sealed class ExecuteSender(
    IBus bus,
    ITransportTopology topology,
    MessagingOptions options,
    MessagingMetrics metrics,
    TimeProvider time
) : IExecuteSender, IDisposable
{
    private readonly ConcurrentDictionary<string, Uri> _addresses = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _declaring = new(1, 1);

    public async Task SendAsync(ExecuteJobs message, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.SendTimeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // The transport does not look at the token at every step of a reconnect, so the wait has it too.
            await SendOrDeclareAsync(message, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            metrics.ExecutionNotSent(message.Provider);
            throw new MessageNotSentException(
                timeout.IsCancellationRequested
                    ? $"No confirmation for the queue of provider '{message.Provider}' within {options.SendTimeout.TotalSeconds:0.#} s."
                    : $"The queue of provider '{message.Provider}' did not take the message.",
                exception
            );
        }
    }

    public void Dispose() => _declaring.Dispose();

    private async Task SendOrDeclareAsync(ExecuteJobs message, CancellationToken cancellationToken)
    {
        var endpoint = await bus.GetSendEndpoint(
            _addresses.GetOrAdd(message.Provider, provider => topology.Address(QueueNames.Execute(provider)))
        );
        try
        {
            await endpoint.Send(message, MandatoryPipe.Instance, cancellationToken);
        }
        catch (MessageReturnedException)
        {
            await DeclareAsync(message.Provider, cancellationToken);
            await endpoint.Send(message, MandatoryPipe.Instance, cancellationToken);
        }
    }

    private async Task DeclareAsync(string provider, CancellationToken cancellationToken)
    {
        await _declaring.WaitAsync(cancellationToken);
        try
        {
            await topology.DeclareProviderQueueAsync(provider, cancellationToken);
        }
        finally
        {
            _declaring.Release();
        }
    }
}
