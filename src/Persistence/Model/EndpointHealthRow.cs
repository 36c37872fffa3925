namespace InferenceBroker.Persistence.Model;

/// <summary>What a leader leaves to the next one about an endpoint.</summary>
internal sealed class EndpointHealthRow
{
    public required string Endpoint { get; init; }

    public required string Snapshot { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
