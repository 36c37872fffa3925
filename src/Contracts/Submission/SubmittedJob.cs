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

    /// <summary>-1: the request names no limit.</summary>
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

    public int ApiKeyId { get; init; }

    /// <summary>0 idle to 9 most urgent.</summary>
    public short Priority { get; init; }

    /// <summary>The route that a rule chose; null: the one of <see cref="Model"/>.</summary>
    public string? Route { get; init; }

    /// <summary>What the job needs of a target, as flags; 0: nothing special.</summary>
    public int Needs { get; init; }

    /// <summary>Jobs with the same value share a prompt prefix; null: none known.</summary>
    public long? Affinity { get; init; }

    /// <summary>The same for all jobs of a batch; 0: no batch.</summary>
    public long BatchHash { get; init; }

    /// <summary>Billionths of a US dollar; null: no limit.</summary>
    public long? MaxCostNanoUsd { get; init; }

    /// <summary>What earlier attempts cost, in billionths of a US dollar.</summary>
    public long CostNanoUsd { get; init; }

    /// <summary>0 always, 1 if no output was seen, 2 never.</summary>
    public short Replay { get; init; }
}
