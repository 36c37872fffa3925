namespace InferenceBroker.Domain.Health;

/// <summary>What all endpoints of a provider share. Not thread safe.</summary>
public sealed class ProviderHealth(string name)
{
    public string Name { get; } = name;

    public OperatorState Operator { get; set; }
}
