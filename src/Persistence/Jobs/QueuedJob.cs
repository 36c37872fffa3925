using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>What the scheduler needs to know of a queued job.</summary>
public sealed record QueuedJob
{
    public required JobId Id { get; init; }

    public required int TenantId { get; init; }

    public required Lane Lane { get; init; }

    public required string Model { get; init; }

    public required long Fence { get; init; }

    public int EstimatedInputTokens { get; init; }

    public int EstimatedOutputTokens { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public int AttemptsSpent { get; init; }

    /// <summary>Endpoints that failed this job, as <c>provider/key/model</c>.</summary>
    public IReadOnlyList<string> Tried { get; init; } = [];

    public IReadOnlyList<string> Fallbacks { get; init; } = [];
}
