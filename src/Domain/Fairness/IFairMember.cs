namespace InferenceBroker.Domain.Fairness;

/// <summary>One of those who share: a tenant (in a lane), or a batch of a tenant.</summary>
public interface IFairMember
{
    FairShare Share { get; }

    /// <summary>Belongs to <see cref="FairHeap{T}"/>; below zero while it is in none.</summary>
    int HeapIndex { get; set; }
}
