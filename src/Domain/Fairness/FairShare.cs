namespace InferenceBroker.Domain.Fairness;

/// <summary>
/// A tenant's place in virtual-time fair queueing: time runs by the tokens that the tenant is given, slower the more weight it has; the
/// tenant with the lowest time is served next. Not thread safe.
/// </summary>
public sealed class FairShare
{
    private int _weight = 1;

    /// <summary>The share among the others, above 0.</summary>
    public int Weight
    {
        get => _weight;
        set => _weight = Math.Max(1, value);
    }

    public double VirtualTime { get; private set; }

    /// <summary>Charges an estimate at dispatch. Every job costs something, so that jobs without an estimate take turns too.</summary>
    public void Charge(int tokens) => VirtualTime += (double)Math.Max(1, tokens) / _weight;

    /// <summary>Corrects the charge once the usage is known.</summary>
    public void Settle(int charged, int used) => VirtualTime += (double)(used - charged) / _weight;

    /// <summary>A tenant that was idle starts where the others are: idleness saves up nothing.</summary>
    public void Join(double virtualTime) => VirtualTime = Math.Max(VirtualTime, virtualTime);
}
