namespace InferenceBroker.Persistence.Model;

/// <summary>An attempt that has ended.</summary>
internal sealed class AttemptRow
{
    public Guid JobId { get; init; }

    public int Number { get; init; }

    public long Fence { get; init; }

    public Guid WorkerId { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset EndedAt { get; init; }

    /// <summary>Billionths of a US dollar.</summary>
    public long Cost { get; init; }

    public int? TtftMs { get; init; }

    public int StartedSeq { get; init; }

    /// <summary>Null where the end was never part of the log.</summary>
    public int? EndedSeq { get; init; }

    public int? InputTokens { get; init; }

    public int? OutputTokens { get; init; }

    public short Outcome { get; init; }

    public short Failure { get; init; }

    /// <summary>Written by the recovery sweep: the attempt's own worker may still report what it cost.</summary>
    public bool Swept { get; init; }

    public required string Endpoint { get; init; }

    public required string UpstreamModel { get; init; }

    public string? FailureMessage { get; init; }
}
