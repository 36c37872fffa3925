namespace InferenceBroker.Persistence.Model;

/// <summary>Consecutive chunks of one attempt.</summary>
internal sealed class JobEventRow
{
    public Guid JobId { get; init; }

    public int FirstSeq { get; init; }

    public int LastSeq { get; init; }

    public int Attempt { get; init; }

    /// <summary>UTF-8, one chunk a line. Bytes and not text: a PostgreSQL text cannot hold every JSON text.</summary>
    public required byte[] Data { get; init; }
}
