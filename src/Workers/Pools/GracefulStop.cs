using InferenceBroker.Workers.Execution;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Workers.Pools;

/// <summary>
/// What becomes of running attempts when the process is told to stop: (1) they may finish for the configured time; (2) the rest is stopped and
/// handed back; (3) what cannot even be handed back is given up, and the sweep of lost workers finds it.
/// </summary>
internal sealed partial class GracefulStop(
    RunningAttempts running,
    IOptions<WorkersOptions> options,
    TimeProvider time,
    ILogger<GracefulStop> logger
)
{
    /// <summary>For storing the ends of attempts that were stopped.</summary>
    public static readonly TimeSpan HandBackLimit = TimeSpan.FromSeconds(10);

    /// <param name="receivers">Ends when nothing more is received and all that was received is handled.</param>
    /// <param name="cancellationToken">The host's patience is over: no more waiting for attempts to finish.</param>
    public async Task FollowAsync(Task receivers, CancellationToken cancellationToken)
    {
        var seconds = options.Value.ShutdownSeconds;
        LogStopping(logger, running.Count, seconds);
        if (!await EndsWithinAsync(receivers, TimeSpan.FromSeconds(seconds), cancellationToken))
        {
            LogHandingBack(logger, running.Count);
        }

        // Also after the receivers have ended: the transport may have given up waiting before its handlers were done.
        var handedBack = Task.WhenAll(receivers, running.HandBackAllAsync());
        if (!await EndsWithinAsync(handedBack, HandBackLimit, CancellationToken.None))
        {
            LogLeftBehind(logger, running.Count);
            running.Abort();
        }
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(limit, time, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: {Running} running attempts may finish for {Seconds} s.")]
    private static partial void LogStopping(ILogger logger, int running, int seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Time is up: handing back {Running} attempts.")]
    private static partial void LogHandingBack(ILogger logger, int running);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Running} attempts could neither be ended nor handed back; a sweep will find them."
    )]
    private static partial void LogLeftBehind(ILogger logger, int running);
}
