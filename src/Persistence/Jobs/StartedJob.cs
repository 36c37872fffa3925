using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>A started attempt with all that its worker needs.</summary>
public sealed record StartedJob
{
    public required JobId Id { get; init; }

    public required int TenantId { get; init; }

    public required long Fence { get; init; }

    public required Operation Operation { get; init; }

    public required string Model { get; init; }

    public required byte[] Body { get; init; }

    public bool Streaming { get; init; }

    public required Lane Lane { get; init; }

    /// <summary>The number of this attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Attempts that counted against the limit before this one.</summary>
    public int AttemptsSpent { get; init; }

    /// <summary>The sequence number that <c>attempt.started</c> took; the worker numbers on from here.</summary>
    public required int LastSequence { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public ReplayPolicy Replay { get; init; }

    public int EstimatedInputTokens { get; init; }

    /// <summary>-1: the request names no limit.</summary>
    public int EstimatedOutputTokens { get; init; }

    public IReadOnlyList<string> Tried { get; init; } = [];

    public IReadOnlyList<string> Fallbacks { get; init; } = [];

    /// <summary>The route that a rule chose; null: the one of <see cref="Model"/>.</summary>
    public string? Route { get; init; }

    /// <summary>What the job needs of a target, as flags; 0: nothing special.</summary>
    public int Needs { get; init; }

    /// <summary>Jobs with the same value share a prompt prefix; null: none known.</summary>
    public long? Affinity { get; init; }

    public int ApiKeyId { get; init; }

    /// <summary>0 idle to 9 most urgent.</summary>
    public short Priority { get; init; }

    /// <summary>The same for all jobs of a batch; 0: no batch.</summary>
    public long BatchHash { get; init; }

    /// <summary>Billionths of a US dollar; null: no limit.</summary>
    public long? MaxCostNanoUsd { get; init; }

    /// <summary>What earlier attempts cost, in billionths of a US dollar.</summary>
    public long CostNanoUsd { get; init; }
}
