namespace InferenceBroker.Persistence.Model;

/// <summary>What a key spent on a day. Grows in the statement that stores the cost.</summary>
internal sealed class SpendRow
{
    public int TenantId { get; init; }

    public int ApiKeyId { get; init; }

    /// <summary><see cref="DateOnly.DayNumber"/> of the day, UTC, on which the attempts ended.</summary>
    public int Day { get; init; }

    /// <summary>Billionths of a US dollar.</summary>
    public long Cost { get; init; }
}
