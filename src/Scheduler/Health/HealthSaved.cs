namespace InferenceBroker.Scheduler.Health;

/// <summary>For the dispatch loop: these versions of snapshots are stored.</summary>
internal sealed record HealthSaved(IReadOnlyList<ChangedHealth> Saved);
