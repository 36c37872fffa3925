namespace InferenceBroker.Domain.Health;

/// <summary>How the health of endpoints is judged.</summary>
public sealed record HealthSettings
{
    public static HealthSettings Default { get; } = new();

    public BreakerSettings Breaker { get; init; } = BreakerSettings.Default;

    public ParkingSettings Parking { get; init; } = ParkingSettings.Default;

    /// <summary>A peak of the latency is forgotten to 37 % in this time. Default 10 s.</summary>
    public TimeSpan PeakDecay { get; init; } = TimeSpan.FromSeconds(10);
}
