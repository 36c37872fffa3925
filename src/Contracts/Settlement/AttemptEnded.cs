using InferenceBroker.Contracts.Submission;

namespace InferenceBroker.Contracts.Settlement;

/// <summary>How one attempt ended, for credit and health.</summary>
public sealed record AttemptEnded
{
    public Guid JobId { get; init; }

    public long Fence { get; init; }

    /// <summary><c>provider/key/model</c>.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>The failure class's number; 0 where it succeeded.</summary>
    public short Failure { get; init; }

    /// <summary>When the call began, in milliseconds since 1970 UTC; 0 where none was made.</summary>
    public long StartedAtMs { get; init; }

    /// <summary>Null: unknown, the reservation stands.</summary>
    public int? InputTokens { get; init; }

    public int? OutputTokens { get; init; }

    public int? TimeToFirstTokenMs { get; init; }

    public int DurationMs { get; init; }

    /// <summary>How long the provider asked to be left alone.</summary>
    public int? RetryAfterMs { get; init; }

    /// <summary>Billionths of a US dollar.</summary>
    public long CostNanoUsd { get; init; }

    /// <summary>Null: the provider told nothing.</summary>
    public RateLimitView? RateLimits { get; init; }

    /// <summary>The job as it stands in the queue again, or null where it ended.</summary>
    public SubmittedJob? Requeued { get; init; }
}
