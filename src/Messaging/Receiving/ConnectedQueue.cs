using MassTransit;
using Microsoft.Extensions.Logging;

namespace InferenceBroker.Messaging.Receiving;

/// <summary>A queue being received from, until it is disposed.</summary>
internal sealed partial class ConnectedQueue(
    string queue,
    HostReceiveEndpointHandle handle,
    MessagingOptions options,
    TimeProvider time,
    ILogger logger
) : IAsyncDisposable
{
    private int _disposed;

    /// <summary>Waits until messages flow, but not longer than the limit: the transport goes on trying by itself.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await handle.Ready.WaitAsync(options.ConnectTimeout, time, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotReady(queue, exception.GetType().Name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        using var limit = new CancellationTokenSource(options.StopTimeout, time);
        try
        {
            await handle.StopAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception)
        {
            LogNotStopped(queue, exception.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Queue {Queue} is not connected yet ({Reason}); trying on")]
    private partial void LogNotReady(string queue, string reason);

    [LoggerMessage(LogLevel.Warning, "Queue {Queue} did not stop within its limit ({Reason})")]
    private partial void LogNotStopped(string queue, string reason);
}
