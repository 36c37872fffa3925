namespace InferenceBroker.Providers.Calls;

/// <summary>What the headers of an answer told about the key's limits; what they did not tell is null.</summary>
public sealed record ProviderLimits
{
    public int? RemainingRequests { get; init; }

    public int? RemainingTokens { get; init; }

    public int? RemainingInputTokens { get; init; }

    public int? RemainingOutputTokens { get; init; }

    /// <summary>Until requests are full again, from the answer on; from zero to a day.</summary>
    public TimeSpan? RequestsReset { get; init; }

    /// <summary>Until tokens are full again, from the answer on; from zero to a day.</summary>
    public TimeSpan? TokensReset { get; init; }
}
