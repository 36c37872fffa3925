using InferenceBroker.Hosting.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InferenceBroker.Hosting.Reload;

/// <summary>
/// Looks at the file twice a second. Not by events of the file system: editors rename, Kubernetes swaps links, and network file systems tell nothing.
/// </summary>
internal sealed partial class ConfigurationWatch(
    ConfigurationReload reload,
    ConfigurationSource source,
    TimeProvider time,
    ILogger<ConfigurationWatch> logger
) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Called after every look.</summary>
    internal Action<ReloadOutcome>? Looked { get; set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (source.File is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                Look();
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that is disposed of without being stopped would take it for a fault.
        }
    }

    private void Look()
    {
        try
        {
            var outcome = reload.RunOnce();
            Looked?.Invoke(outcome);
        }
        catch (Exception e)
        {
            // A bug in reading a file must not end a process that works.
            LogFailed(logger, e, source.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{File} could not be looked at; the configuration stays.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string file);
}
