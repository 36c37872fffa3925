namespace InferenceBroker.Scenarios.Scale;

/// <summary>How fast jobs were dispatched.</summary>
/// <param name="PerSecond">Planned, claimed and settled.</param>
/// <param name="PlannedPerSecond">Planned alone.</param>
internal sealed record DispatchRate(double PerSecond, double PlannedPerSecond, double BytesPerDecision);
