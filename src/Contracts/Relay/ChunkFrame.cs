namespace InferenceBroker.Contracts.Relay;

/// <summary>Consecutive chunk events of one job.</summary>
public sealed record ChunkFrame
{
    public Guid JobId { get; init; }

    public int Attempt { get; init; }

    /// <summary>The sequence number of the first chunk; the others follow without gaps.</summary>
    public int FirstSequence { get; init; }

    /// <summary>The provider's chunks as JSON texts.</summary>
    public IReadOnlyList<string> Chunks { get; init; } = [];
}
