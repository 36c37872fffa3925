namespace InferenceBroker.Domain.Budgets;

/// <summary>How budgets are made from configured limits.</summary>
/// <param name="DispatchAhead">
/// Jobs that may wait in a provider's queue beyond what runs, at most as many as may run: so that a worker that becomes free finds the next one.
/// </param>
/// <param name="BurstFactor">Capacity of the limits per minute, in minutes.</param>
public readonly record struct BudgetSettings(int DispatchAhead, double BurstFactor)
{
    /// <summary>How many attempts of a provider may be dispatched and running together.</summary>
    public int Window(int concurrency) => concurrency + Math.Min(concurrency, DispatchAhead);
}
