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

    public int EstimatedOutputTokens { get; init; }

    public IReadOnlyList<string> Tried { get; init; } = [];

    public IReadOnlyList<string> Fallbacks { get; init; } = [];
}
