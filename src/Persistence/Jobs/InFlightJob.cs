using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>A dispatched or running job, for rebuilding credit and for re-publishing.</summary>
public sealed record InFlightJob(
    JobId Id,
    int TenantId,
    long Fence,
    JobState State,
    string Endpoint,
    int EstimatedInputTokens,
    int EstimatedOutputTokens,
    DateTimeOffset DispatchedAt
);
