namespace InferenceBroker.Domain.Pricing;

/// <summary>Tokens as the provider counted them.</summary>
public readonly record struct TokenUsage(int InputTokens, int OutputTokens)
{
    public int TotalTokens => InputTokens + OutputTokens;
}
