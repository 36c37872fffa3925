using InferenceBroker.Persistence.Liveness;
using InferenceBroker.Workers.Execution;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Workers.Liveness;

/// <summary>
/// Says that this worker lives, and learns which of its jobs are to be cancelled. While the database is away the attempts run on: should the
/// worker be taken for lost meanwhile, it finds the fences of its attempts old, and what it brings is recorded as superseded.
/// </summary>
internal sealed partial class WorkerHeartbeat(
    IWorkerRegistry registry,
    RunningAttempts running,
    WorkerIdentity worker,
    IOptions<WorkersOptions> options,
    TimeProvider time,
    ILogger<WorkerHeartbeat> logger
) : BackgroundService
{
    private static readonly TimeSpan BeatLimit = TimeSpan.FromSeconds(5);

    private bool _failing;

    /// <summary>Beats once; returns how many running attempts were cancelled, 0 where the beat failed.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(BeatLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var cancelled = await registry.BeatAsync(worker.Id, worker.Name, time.GetUtcNow(), either.Token);
            Recovered();
            return cancelled.Count(running.Cancel);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(e);
            return 0;
        }
    }

    /// <summary>Runs after the pools have stopped, so that no attempt is taken for lost while it finishes.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = new CancellationTokenSource(BeatLimit, time);
        try
        {
            await registry.RemoveAsync(worker.Id, limit.Token);
        }
        catch (Exception e)
        {
            LogNotRemoved(logger, e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), time);
        try
        {
            do
            {
                await RunOnceAsync(stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that is disposed of without being stopped would take it for a fault.
        }
    }

    private void Failed(Exception exception)
    {
        if (!_failing)
        {
            _failing = true;
            LogFailing(logger, exception, running.Count);
        }
    }

    private void Recovered()
    {
        if (_failing)
        {
            _failing = false;
            LogRecovered(logger);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The heartbeat cannot be stored; {Running} attempts run on meanwhile.")]
    private static partial void LogFailing(ILogger logger, Exception exception, int running);

    [LoggerMessage(Level = LogLevel.Information, Message = "The heartbeat is stored again.")]
    private static partial void LogRecovered(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This worker could not be taken off the list; it will be taken for lost.")]
    private static partial void LogNotRemoved(ILogger logger, Exception exception);
}
