namespace InferenceBroker.Api.Admin;

/// <param name="Action">One of <see cref="ControlActions"/>; of endpoints only, the others have it in their address.</param>
/// <param name="Reason">The operator's words.</param>
internal sealed record ControlRequest(string? Action, string? Reason) : AdminRequest;
