namespace InferenceBroker.Domain.Health;

/// <summary>For how long something is parked.</summary>
public sealed record ParkingSettings
{
    public static ParkingSettings Default { get; } = new();

    /// <summary>Keys that are refused, or whose account is empty, are parked. Default true; false: their jobs use up their attempts and fail.</summary>
    public bool ParksKeys { get; init; } = true;

    /// <summary>An empty account. Default 10 min.</summary>
    public TimeSpan Quota { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A missing model. Default 10 min.</summary>
    public TimeSpan ModelUnavailable { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A try whose end is not known by then may be repeated. Default 2 min.</summary>
    public TimeSpan TryLimit { get; init; } = TimeSpan.FromMinutes(2);
}
