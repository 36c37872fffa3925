namespace InferenceBroker.Persistence.Model;

/// <summary>
/// A job, narrow: it is rewritten at every move, so body and answer live in tables of their own. The current attempt lives here as well;
/// its end makes an <see cref="AttemptRow"/>.
/// </summary>
internal sealed class JobRow
{
    public Guid Id { get; init; }

    public long Fence { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public DateTimeOffset? DispatchedAt { get; init; }

    /// <summary>The start of the first attempt.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The start of the current attempt.</summary>
    public DateTimeOffset? AttemptStartedAt { get; init; }

    public DateTimeOffset? AttemptDeadline { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>Billionths of a US dollar, over all attempts.</summary>
    public long Cost { get; init; }

    public long? MaxCost { get; init; }

    public int TenantId { get; init; }

    public int ApiKeyId { get; init; }

    /// <summary>Attempts started; the number of the current one while the job runs.</summary>
    public int Attempt { get; init; }

    public int AttemptsSpent { get; init; }

    /// <summary>The last sequence number that the log has used.</summary>
    public int LastSeq { get; init; }

    /// <summary>The sequence number at which the current attempt started.</summary>
    public int StartedSeq { get; init; }

    public int EstimatedInputTokens { get; init; }

    public int EstimatedOutputTokens { get; init; }

    public int? InputTokens { get; init; }

    public int? OutputTokens { get; init; }

    public short State { get; init; }

    public short Lane { get; init; }

    public short Priority { get; init; }

    public short Operation { get; init; }

    public short Replay { get; init; }

    public bool Streaming { get; init; }

    public Guid? WorkerId { get; init; }

    public required string Model { get; init; }

    public string? Endpoint { get; init; }

    /// <summary>Endpoints, each between line breaks; null when empty.</summary>
    public string? Tried { get; init; }

    /// <summary>One route a line; null when empty.</summary>
    public string? Fallbacks { get; init; }

    /// <summary>The route that a rule chose, or null.</summary>
    public string? Route { get; init; }

    public int Needs { get; init; }

    public long? Affinity { get; init; }

    /// <summary>A hash of the batch's id, for fair shares among batches; 0: no batch.</summary>
    public long BatchHash { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public string? ErrorType { get; init; }

    public string? ErrorParam { get; init; }
}
