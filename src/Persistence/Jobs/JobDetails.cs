namespace InferenceBroker.Persistence.Jobs;

/// <summary>A job with its attempts (in order of their number) and, once it has ended, its answer.</summary>
public sealed record JobDetails(StoredJob Job, IReadOnlyList<StoredAttempt> Attempts, StoredResult? Result);
