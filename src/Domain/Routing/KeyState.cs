using InferenceBroker.Domain.Budgets;

namespace InferenceBroker.Domain.Routing;

/// <summary>An endpoint as one target's choice among the provider's keys.</summary>
public sealed class KeyState(EndpointCredit endpoint, int weight) : IWeighted
{
    public EndpointCredit Endpoint { get; } = endpoint;

    public int Weight { get; } = weight;

    public int Balance { get; set; }
}
