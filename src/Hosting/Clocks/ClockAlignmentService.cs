using InferenceBroker.Persistence.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InferenceBroker.Hosting.Clocks;

/// <summary>Aligns the clock with the database's before the roles start, and each minute after.</summary>
internal sealed partial class ClockAlignmentService(
    DatabaseAlignedTimeProvider clock,
    IDatabaseTime database,
    ILogger<ClockAlignmentService> logger
) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Remarkable = TimeSpan.FromSeconds(1);

    /// <summary>The database is ready by now: <see cref="Start.DatabaseStart"/> is registered before.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => RunOnceAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RunOnceAsync(stoppingToken);
        }
    }

    /// <returns>False where the database did not answer; the clock runs on by itself.</returns>
    internal async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(AnswerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var offset = await clock.AlignAsync(database.NowAsync, either.Token);
            if (offset.Duration() >= Remarkable)
            {
                LogOffset(offset.TotalSeconds);
            }

            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotAligned(e);
            return false;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The clock was set by {Seconds:F3} s to the database's; check the time service of this machine"
    )]
    private partial void LogOffset(double seconds);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database did not tell its time; the clock runs on by itself for another minute"
    )]
    private partial void LogNotAligned(Exception exception);
}
