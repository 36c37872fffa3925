using InferenceBroker.Messaging;

namespace InferenceBroker.Workers.Liveness;

/// <summary>Keeps this worker's queue of cancel messages connected. Until it is, the heartbeat brings the cancellations.</summary>
internal sealed partial class CancellationReceiver(
    IMessageReceiver receiver,
    CancelJobsHandler handler,
    TimeProvider time,
    ILogger<CancellationReceiver> logger
) : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private IAsyncDisposable? _connection;

    /// <summary>True once connected.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            _connection = await receiver.ReceiveCancellationsAsync(handler, either.Token);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotConnected(logger, e);
            return false;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_connection is not null)
        {
            await _connection.DisposeAsync().AsTask().WaitAsync(Limit, time, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!await RunOnceAsync(stoppingToken))
            {
                await Task.Delay(RetryInterval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that is disposed of without being stopped would take it for a fault.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue of cancel messages cannot be connected; trying again.")]
    private static partial void LogNotConnected(ILogger logger, Exception exception);
}
