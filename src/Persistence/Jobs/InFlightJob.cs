using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>A dispatched or running job, for rebuilding credit and for re-publishing.</summary>
/// <param name="EstimatedOutputTokens">-1: the request names no limit.</param>
/// <param name="BatchHash">The same for all jobs of a batch; 0: no batch.</param>
/// <param name="StartedAt">The start of the current attempt; null while it is only dispatched.</param>
public sealed record InFlightJob(
    JobId Id,
    int TenantId,
    long Fence,
    JobState State,
    string Endpoint,
    int EstimatedInputTokens,
    int EstimatedOutputTokens,
    DateTimeOffset DispatchedAt,
    int ApiKeyId,
    Lane Lane,
    long BatchHash,
    DateTimeOffset? StartedAt
);
