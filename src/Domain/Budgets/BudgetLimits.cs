namespace InferenceBroker.Domain.Budgets;

/// <summary>Configured limits; null: no limit.</summary>
public sealed record BudgetLimits
{
    public static BudgetLimits None { get; } = new();

    public int? Concurrency { get; init; }

    public double? RequestsPerMinute { get; init; }

    public double? TokensPerMinute { get; init; }

    public double? InputTokensPerMinute { get; init; }

    public double? OutputTokensPerMinute { get; init; }

    /// <summary>Billionths of a dollar per calendar day, UTC.</summary>
    public long? NanoUsdPerDay { get; init; }

    /// <summary>Billionths of a dollar per calendar month, UTC.</summary>
    public long? NanoUsdPerMonth { get; init; }
}
