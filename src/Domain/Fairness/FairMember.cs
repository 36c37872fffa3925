using InferenceBroker.Domain.Budgets;

namespace InferenceBroker.Domain.Fairness;

/// <summary>A tenant (in a lane) or a batch, with its share and how many of its jobs may be in flight. Not thread safe.</summary>
public class FairMember : IFairMember
{
    public FairShare Share { get; } = new();

    /// <summary>Where it is full the member is out of the heap until a job ends.</summary>
    public ConcurrencyWindow InFlight { get; } = new(int.MaxValue);

    public int HeapIndex { get; set; } = -1;
}
