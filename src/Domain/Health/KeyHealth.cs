namespace InferenceBroker.Domain.Health;

/// <summary>What all endpoints of a provider's key share. Not thread safe.</summary>
public sealed class KeyHealth(string provider, string name, ParkingSettings settings)
{
    public string Provider { get; } = provider;

    public string Name { get; } = name;

    public OperatorState Operator { get; set; }

    public ParkingPlace Parking { get; } = new(settings.TryLimit);
}
