namespace InferenceBroker.Scheduler.Admission;

/// <summary>Lets a set of jobs be asked by id, without a key beside each job.</summary>
internal sealed class JobIdComparer : IEqualityComparer<IndexedJob>, IAlternateEqualityComparer<Guid, IndexedJob>
{
    public static JobIdComparer Instance { get; } = new();

    public bool Equals(IndexedJob? x, IndexedJob? y) => x?.Id == y?.Id;

    public int GetHashCode(IndexedJob obj) => obj.Id.GetHashCode();

    public bool Equals(Guid alternate, IndexedJob other) => alternate == other.Id;

    public int GetHashCode(Guid alternate) => alternate.GetHashCode();

    public IndexedJob Create(Guid alternate) => throw new NotSupportedException("A job is more than its id.");
}
