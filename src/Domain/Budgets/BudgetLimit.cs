namespace InferenceBroker.Domain.Budgets;

/// <summary>What is limited.</summary>
public enum BudgetLimit
{
    Concurrency,
    RequestsPerMinute,
    TokensPerMinute,
    InputTokensPerMinute,
    OutputTokensPerMinute,
    MoneyPerDay,
    MoneyPerMonth,

    /// <summary>What a job may cost at most over all its attempts.</summary>
    MaxCost,

    /// <summary>The provider asked to be left alone, or its queue cannot be reached.</summary>
    Gate,

    /// <summary>What is free is kept for another lane, or saved up for a larger job.</summary>
    Reserve,
}
