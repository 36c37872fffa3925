namespace InferenceBroker.Contracts.Submission;

/// <summary>What the scheduler's index keeps of a queued job, so that a hint saves it a read.</summary>
public sealed record SubmittedJob
{
    public Guid JobId { get; init; }

    public int TenantId { get; init; }

    /// <summary>0 interactive, 1 standard, 2 batch, 3 idle.</summary>
    public short Lane { get; init; }

    /// <summary>The public model name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The fence that the queued row has.</summary>
    public long Fence { get; init; }

    public int EstimatedInputTokens { get; init; }

    public int EstimatedOutputTokens { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Attempts that count against the limit so far.</summary>
    public int AttemptsSpent { get; init; }

    /// <summary>Endpoints that failed this job, as <c>provider/key/model</c>; the next attempt prefers others.</summary>
    public IReadOnlyList<string> Tried { get; init; } = [];

    /// <summary>Routes to try once the model's own targets failed, from the request.</summary>
    public IReadOnlyList<string> Fallbacks { get; init; } = [];
}
