using InferenceBroker.Domain.Fairness;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Domain.Budgets;

/// <summary>What all endpoints of a provider share. Not thread safe.</summary>
public sealed class ProviderCredit(string name, int window)
{
    // What a free worker waits for: the end is settled, another job chosen, claimed, sent.
    private const double SecondsAhead = 0.2;
    private const double Step = 1.0 / 64;

    private int _concurrency = window;
    private int _mostAhead;
    private double _secondsPerCall;

    public string Name { get; } = name;

    public ConcurrencyWindow Window { get; } = new(window);

    /// <summary>What of the concurrency is kept for which lanes.</summary>
    public LaneReserve Lanes { get; } = LaneReserve.OfConcurrency();

    /// <summary>Nothing is dispatched before: its queue cannot be reached.</summary>
    public DateTimeOffset PausedUntil { get; set; } = DateTimeOffset.MinValue;

    /// <summary>A new configuration.</summary>
    /// <param name="mostAhead">Jobs that may wait in the provider's queue beyond what runs.</param>
    public void Resize(int concurrency, int mostAhead)
    {
        _concurrency = concurrency;
        _mostAhead = mostAhead;
        Window.Limit = concurrency + Ahead;
    }

    /// <summary>
    /// A call has ended. Where calls are long, few jobs need to wait in the provider's queue to keep its workers busy; any more would only stand
    /// in the way of whoever is more urgent or poorer and comes later.
    /// </summary>
    public void NoteDuration(TimeSpan duration)
    {
        var seconds = Math.Max(duration.TotalSeconds, 0.0001);
        _secondsPerCall += (seconds - _secondsPerCall) * (_secondsPerCall > 0 ? Step : 1);
        Window.Limit = _concurrency + Ahead;
    }

    private int Ahead =>
        _secondsPerCall > 0 ? (int)Math.Min(_mostAhead, Math.Ceiling(_concurrency * SecondsAhead / _secondsPerCall)) : _mostAhead;

    /// <summary>True where another call has room beside what is kept for other lanes.</summary>
    public bool Has(Lane lane, LaneDemand demand, DateTimeOffset now) =>
        IsOpen(now) && Lanes.Allows(lane, 1, Window.Limit - Window.InFlight, Window.Limit, demand, now);

    public bool IsOpen(DateTimeOffset now) => Window.HasRoom && PausedUntil <= now;
}
