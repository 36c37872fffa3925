using InferenceBroker.Messaging;

namespace InferenceBroker.Api.Relay;

/// <summary>Keeps this process connected to the relay. Until it is, readers find out by asking the database.</summary>
internal sealed partial class RelayReceiver(
    IMessageReceiver receiver,
    JobsChangedHandler handler,
    TimeProvider time,
    ILogger<RelayReceiver> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await receiver.ReceiveRelayAsync(handler, stoppingToken);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogNotConnected(exception);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stream relay is not connected; readers poll the database meanwhile")]
    private partial void LogNotConnected(Exception exception);
}
