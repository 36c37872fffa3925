namespace InferenceBroker.Persistence.Model;

/// <summary>Who leads, and until when.</summary>
internal sealed class LeaseRow
{
    public required string Name { get; init; }

    /// <summary>Null after it was given up.</summary>
    public string? Holder { get; init; }

    public long Term { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
