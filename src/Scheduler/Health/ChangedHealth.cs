using InferenceBroker.Persistence.Placement;

namespace InferenceBroker.Scheduler.Health;

/// <summary>A snapshot to store, and which version of what it tells it is.</summary>
internal readonly record struct ChangedHealth(EndpointHealthRecord Record, int Version);
