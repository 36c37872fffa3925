using InferenceBroker.Persistence.Placement;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Controls;

/// <summary>Brings what operators change to the dispatch loop, twice a second: the database has it, whichever Api node took it.</summary>
internal sealed partial class PlacementWatch(IPlacementStore store, DispatchInbox inbox, TimeProvider time, ILogger<PlacementWatch> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private bool _isFailing;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await RunOnceAsync(cancellationToken);
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    /// <summary>False: the database did not answer; the next look makes up for it.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var controls = await store.ReadControlsAsync(cancellationToken);
            var limits = await store.ReadLimitsAsync(cancellationToken);
            await inbox.PostAsync(new PlacementRead(controls, limits), cancellationToken);
            _isFailing = false;
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_isFailing)
            {
                LogNotRead(logger, exception);
            }

            _isFailing = true;
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Controls and limits could not be read; those known stay in force")]
    private static partial void LogNotRead(ILogger logger, Exception exception);
}
