namespace InferenceBroker.Scheduler.Recovery;

/// <summary>What one sweep did.</summary>
/// <param name="Failed">Steps that the database did not answer.</param>
internal sealed record SweepCounts(int Expired, int Recovered, int PurgedKeys, int Failed);
