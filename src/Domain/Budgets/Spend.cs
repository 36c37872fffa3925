namespace InferenceBroker.Domain.Budgets;

/// <summary>What one attempt takes from budgets, estimated or real.</summary>
public readonly record struct Spend(int InputTokens, int OutputTokens, long NanoUsd = 0)
{
    public double Tokens => (double)InputTokens + OutputTokens;
}
