using InferenceBroker.Domain.Failures;

namespace InferenceBroker.Domain.Health;

/// <summary>What health learns from an attempt that ended.</summary>
public readonly record struct EndedCall
{
    public required FailureClass Failure { get; init; }

    /// <summary>When the call to the provider began, not when the job was dispatched.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>From the start to the first token. Null where no token came.</summary>
    public TimeSpan? FirstToken { get; init; }

    public int InputTokens { get; init; }

    public int OutputTokens { get; init; }

    /// <summary>How long the provider asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
