namespace InferenceBroker.Messaging;

/// <summary>Which scheduler partition a route belongs to: the same answer in every process and every version.</summary>
public static class SchedulerPartition
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <param name="model">The public model name.</param>
    public static int Of(string model, int partitions)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (partitions == 1)
            return 0;
        // FNV-1a: string.GetHashCode differs from process to process.
        var hash = OffsetBasis;
        foreach (var character in model)
            hash = unchecked((hash ^ character) * Prime);
        return (int)(hash % (uint)partitions);
    }
}
