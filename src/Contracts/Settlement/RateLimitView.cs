namespace InferenceBroker.Contracts.Settlement;

/// <summary>What a provider's answer told about its limits; what it did not tell is null.</summary>
public sealed record RateLimitView
{
    public int? RemainingRequests { get; init; }

    public int? RemainingTokens { get; init; }

    public int? RemainingInputTokens { get; init; }

    public int? RemainingOutputTokens { get; init; }

    /// <summary>Until requests are full again, from the answer on.</summary>
    public int? RequestsResetMs { get; init; }

    /// <summary>Until tokens are full again, from the answer on.</summary>
    public int? TokensResetMs { get; init; }
}
