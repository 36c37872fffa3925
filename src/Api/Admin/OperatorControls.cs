using InferenceBroker.Persistence.Placement;

namespace InferenceBroker.Api.Admin;

/// <summary>Stores what operators want; the leader looks twice a second.</summary>
internal sealed partial class OperatorControls(IPlacementStore placement, TimeProvider time, ILogger<OperatorControls> logger)
{
    public async Task<ControlRecord> SetAsync(string target, string action, string? reason, CancellationToken cancellationToken)
    {
        var control = new ControlRecord(target, ControlActions.StateAfter(action), reason, time.GetUtcNow());
        await placement.SetControlAsync(control, cancellationToken);
        LogSet(logger, action, target, control.State);
        return control;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "An operator's {Action}: {Target} is {State} now.")]
    private static partial void LogSet(ILogger logger, string action, string target, string state);
}
