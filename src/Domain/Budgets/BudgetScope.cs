namespace InferenceBroker.Domain.Budgets;

/// <summary>Whose limit it is.</summary>
public enum BudgetScope
{
    Endpoint,
    Provider,
    Key,
    Tenant,
    ApiKey,
    Job,
}
