namespace InferenceBroker.Domain.Budgets;

/// <summary>The budgets of those for whom a job runs; null: no limits.</summary>
public readonly record struct Account(Budget? Tenant, Budget? ApiKey);
