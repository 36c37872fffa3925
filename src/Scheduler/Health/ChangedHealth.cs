using InferenceBroker.Persistence.Placement;

namespace InferenceBroker.Scheduler.Health;

/// <summary>A snapshot to store, and which version of what it tells it is.</summary>
/// <param name="State">The breaker's state, or <c>Parked: </c> and why, or <c>Unparked</c> for a key that is not.</param>
internal readonly record struct ChangedHealth(EndpointHealthRecord Record, int Version, string State);
