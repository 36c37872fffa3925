namespace InferenceBroker.Scenarios.Simulation;

/// <summary>Where scenarios begin.</summary>
internal static class World
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
