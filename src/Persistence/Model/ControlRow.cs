namespace InferenceBroker.Persistence.Model;

/// <summary>What an operator wants of a provider, a key or an endpoint.</summary>
internal sealed class ControlRow
{
    public required string Target { get; init; }

    public required string State { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
}
