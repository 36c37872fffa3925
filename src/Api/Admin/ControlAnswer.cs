using InferenceBroker.Persistence.Placement;

namespace InferenceBroker.Api.Admin;

internal sealed record ControlAnswer(string Object, string Target, string State, string? Reason, long ChangedAt)
{
    public static ControlAnswer Of(ControlRecord control) =>
        new("control", control.Target, control.State, control.Reason, control.ChangedAt.ToUnixTimeSeconds());
}
