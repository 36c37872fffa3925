using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>A job as its owner sees it, without body and answer.</summary>
public sealed record StoredJob
{
    public required JobId Id { get; init; }

    public required int TenantId { get; init; }

    public required JobState State { get; init; }

    public required Operation Operation { get; init; }

    public required string Model { get; init; }

    public bool Streaming { get; init; }

    public short Priority { get; init; }

    public Lane Lane { get; init; }

    public long Fence { get; init; }

    /// <summary>Started attempts so far.</summary>
    public int Attempt { get; init; }

    public int AttemptsSpent { get; init; }

    /// <summary>The last sequence number that the job's log has used; the terminal event's once it has ended.</summary>
    public int LastSequence { get; init; }

    public string? Endpoint { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The start of the first attempt.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the job reached its terminal state.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? CancelRequestedAt { get; init; }

    public TokenUsage? Usage { get; init; }

    public long CostNanoUsd { get; init; }

    public JobFailure? Error { get; init; }

    public string? Metadata { get; init; }

    public string? BatchId { get; init; }

    public string? CustomId { get; init; }

    /// <summary>The route that a rule or a failure chose; null: the one of <see cref="Model"/>.</summary>
    public string? Route { get; init; }
}
