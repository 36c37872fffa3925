namespace InferenceBroker.Providers.Simulated;

/// <summary>Counts of one model, or of all together. Thread safe.</summary>
public sealed class SimulatedModelStats
{
    private int _calls;
    private int _inFlight;
    private int _maxInFlight;
    private int _limited;
    private int _failed;

    /// <summary>All calls that came, refused ones too.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public int InFlight => Volatile.Read(ref _inFlight);

    public int MaxInFlight => Volatile.Read(ref _maxInFlight);

    /// <summary>Calls that the limits refused with 429.</summary>
    public int RateLimited => Volatile.Read(ref _limited);

    /// <summary>Calls that ended by a simulated fault.</summary>
    public int Failed => Volatile.Read(ref _failed);

    internal void Start()
    {
        Interlocked.Increment(ref _calls);
        var current = Interlocked.Increment(ref _inFlight);
        var max = Volatile.Read(ref _maxInFlight);
        while (current > max)
        {
            var seen = Interlocked.CompareExchange(ref _maxInFlight, current, max);
            if (seen == max)
            {
                return;
            }

            max = seen;
        }
    }

    internal void End() => Interlocked.Decrement(ref _inFlight);

    internal void CountLimited() => Interlocked.Increment(ref _limited);

    internal void CountFailed() => Interlocked.Increment(ref _failed);
}
