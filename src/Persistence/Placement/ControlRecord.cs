namespace InferenceBroker.Persistence.Placement;

/// <summary>What an operator wants of a provider, a key or an endpoint.</summary>
/// <param name="Target"><c>provider</c>, <c>provider/key</c> or <c>provider/key/model</c>.</param>
/// <param name="State">As the scheduler names it: <c>active</c>, <c>paused</c>, <c>draining</c>.</param>
/// <param name="Reason">The operator's words, or null.</param>
public sealed record ControlRecord(string Target, string State, string? Reason, DateTimeOffset ChangedAt);
