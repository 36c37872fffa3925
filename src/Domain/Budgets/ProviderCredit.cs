using InferenceBroker.Domain.Fairness;

namespace InferenceBroker.Domain.Budgets;

/// <summary>What all endpoints of a provider share. Not thread safe.</summary>
public sealed class ProviderCredit(string name, int window)
{
    public string Name { get; } = name;

    public ConcurrencyWindow Window { get; } = new(window);

    /// <summary>What of the concurrency is kept for which lanes.</summary>
    public LaneReserve Lanes { get; } = LaneReserve.OfConcurrency();

    /// <summary>Nothing is dispatched before: its queue cannot be reached.</summary>
    public DateTimeOffset PausedUntil { get; set; } = DateTimeOffset.MinValue;

    public bool IsOpen(DateTimeOffset now) => Window.HasRoom && PausedUntil <= now;
}
