namespace InferenceBroker.Domain.Routing;

/// <summary>What a job is expected to use.</summary>
public readonly record struct JobEstimate(int InputTokens, int OutputTokens)
{
    public int TotalTokens => InputTokens + OutputTokens;
}
