namespace InferenceBroker.Domain.Pricing;

/// <summary>What a target costs, in US dollars per million tokens. Zero where unknown.</summary>
public readonly record struct TokenPrice(decimal InputPerMillion, decimal OutputPerMillion)
{
    /// <summary>The cost in billionths of a dollar.</summary>
    public long NanoUsd(TokenUsage usage) =>
        (long)(((usage.InputTokens * InputPerMillion) + (usage.OutputTokens * OutputPerMillion)) * 1000m);
}
