namespace InferenceBroker.Domain.Budgets;

/// <summary>How many attempts may be in flight at the same time. Not thread safe.</summary>
public sealed class ConcurrencyWindow(int limit)
{
    /// <summary>May fall below <see cref="InFlight"/> when the configuration changes; then nothing enters until enough have left.</summary>
    public int Limit { get; set; } = limit;

    public int InFlight { get; private set; }

    public bool HasRoom => InFlight < Limit;

    public void Enter() => InFlight++;

    public void Leave() => InFlight--;
}
