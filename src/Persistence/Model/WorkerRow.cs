namespace InferenceBroker.Persistence.Model;

/// <summary>A worker process and when it was last heard of.</summary>
internal sealed class WorkerRow
{
    public Guid Id { get; init; }

    public required string Name { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }
}
