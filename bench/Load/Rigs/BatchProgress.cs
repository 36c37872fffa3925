namespace InferenceBroker.Load.Rigs;

/// <summary>How far a batch is.</summary>
internal readonly record struct BatchProgress(long Completed, long OtherEnds, DateTimeOffset? LastEnded);
