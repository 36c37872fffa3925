using InferenceBroker.Domain.Health;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Scheduler.Dispatch;
using InferenceBroker.Scheduler.Telemetry;

namespace InferenceBroker.Scheduler.Health;

/// <summary>Stores health for the dispatch loop, which does not wait.</summary>
internal sealed partial class HealthSaver(
    IPlacementStore store,
    LeaderTerm term,
    DispatchInbox inbox,
    SchedulerMetrics metrics,
    ILogger<HealthSaver> logger
)
{
    /// <summary>Tells operators, too: what is open or parked gets no work.</summary>
    public void Save(IReadOnlyList<ChangedHealth> changed, CancellationToken cancellationToken)
    {
        foreach (var health in changed)
        {
            metrics.HealthChanged(health.Record.Endpoint, health.State);
            if (health.State == nameof(BreakerState.Open) || health.State.StartsWith("Parked", StringComparison.Ordinal))
            {
                LogGetsNoWork(logger, health.Record.Endpoint, health.State);
            }
            else
            {
                LogChanged(logger, health.Record.Endpoint, health.State);
            }
        }

        _ = SaveAsync(changed, cancellationToken);
    }

    private async Task SaveAsync(IReadOnlyList<ChangedHealth> changed, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChangedHealth> saved = [];
        try
        {
            await store.SaveHealthAsync(term, [.. changed.Select(health => health.Record)], cancellationToken);
            saved = changed;
        }
        catch (TermOverException over)
        {
            await inbox.PostAsync(over, cancellationToken);
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                LogNotSaved(logger, exception, changed.Count);
            }
        }

        await inbox.PostAsync(new HealthSaved(saved), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint} gets no work: {State}")]
    private static partial void LogGetsNoWork(ILogger logger, string endpoint, string state);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Endpoint}: {State}")]
    private static partial void LogChanged(ILogger logger, string endpoint, string state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The health of {Endpoints} endpoints could not be stored; it is tried again")]
    private static partial void LogNotSaved(ILogger logger, Exception exception, int endpoints);
}
