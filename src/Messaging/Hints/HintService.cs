using Microsoft.Extensions.Hosting;

namespace InferenceBroker.Messaging.Hints;

/// <summary>
/// Runs every destination's loop. Only after a message that carried many hints does a loop pause a moment, so that a busy process sends few
/// large messages: a message costs several hundred microseconds, whatever it carries. On stop it sends what still waits, within the limit for
/// one send.
/// </summary>
internal sealed class HintService(HintSender sender, MessagingOptions options, TimeProvider time) : IHostedService, IDisposable
{
    private const int ManyHints = 8;
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private Task _loops = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loops = Task.WhenAll(sender.Channels.Select(channel => Task.Run(() => RunAsync(channel), CancellationToken.None)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var channel in sender.Channels)
            channel.Complete();
        try
        {
            await _loops.WaitAsync(options.SendTimeout, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            await _stopping.CancelAsync();
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(IHintChannel channel)
    {
        try
        {
            while (await channel.RunOnceAsync(_stopping.Token) is > 0 and var sent)
            {
                if (sent >= ManyHints)
                    await Task.Delay(BusyPause, TimeProvider.System, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The limit for the last sends is over.
        }
    }
}
