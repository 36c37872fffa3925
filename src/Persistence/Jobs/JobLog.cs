namespace InferenceBroker.Persistence.Jobs;

/// <summary>One consistent read of a job's log after a sequence number: from it the reader composes the events.</summary>
/// <param name="Chunks">In order; the first may begin at or before the cursor.</param>
public sealed record JobLog(StoredJob Job, IReadOnlyList<StoredAttempt> Attempts, IReadOnlyList<StoredChunks> Chunks);
