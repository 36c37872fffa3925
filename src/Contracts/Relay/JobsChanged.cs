namespace InferenceBroker.Contracts.Relay;

/// <summary>Worker, scheduler or Api → every Api node: new events are stored. Transient and lossy; readers fall back to the database.</summary>
public sealed record JobsChanged
{
    /// <summary>Stored chunks, complete, so that a reader that is up to date need not ask the database.</summary>
    public IReadOnlyList<ChunkFrame> Frames { get; init; } = [];

    /// <summary>Jobs whose log grew by something else than a chunk (an attempt started or ended).</summary>
    public IReadOnlyList<Guid> Changed { get; init; } = [];

    /// <summary>Jobs that reached their terminal state.</summary>
    public IReadOnlyList<Guid> Ended { get; init; } = [];
}
