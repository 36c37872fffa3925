using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Health;

/// <summary>Stores health for the dispatch loop, which does not wait.</summary>
internal sealed partial class HealthSaver(IPlacementStore store, LeaderTerm term, DispatchInbox inbox, ILogger<HealthSaver> logger)
{
    public void Save(IReadOnlyList<ChangedHealth> changed, CancellationToken cancellationToken) =>
        _ = SaveAsync(changed, cancellationToken);

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The health of {Endpoints} endpoints could not be stored; it is tried again")]
    private static partial void LogNotSaved(ILogger logger, Exception exception, int endpoints);
}
