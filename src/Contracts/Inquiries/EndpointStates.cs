namespace InferenceBroker.Contracts.Inquiries;

/// <summary>Every endpoint that the leader knows.</summary>
public sealed record EndpointStates
{
    public IReadOnlyList<EndpointState> Endpoints { get; init; } = [];
}
