namespace InferenceBroker.Domain.Budgets;

/// <summary>What a provider's answer said of the limits of a key; null: nothing.</summary>
public readonly record struct RateLimitView
{
    /// <summary>When the answer came.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    public long? RemainingRequests { get; init; }

    public DateTimeOffset? RequestsResetAt { get; init; }

    public long? RemainingTokens { get; init; }

    public long? RemainingInputTokens { get; init; }

    public long? RemainingOutputTokens { get; init; }

    public DateTimeOffset? TokensResetAt { get; init; }
}
