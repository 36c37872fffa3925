namespace InferenceBroker.Domain.Health;

/// <summary>What of a circuit breaker is stored, so that a new leader goes on where the last one was.</summary>
/// <param name="FailedProbes">The exponent k of the wait.</param>
/// <param name="OpenedAt">What began before it is late news.</param>
/// <param name="Until">Open: the end of the wait. Probing: when the probe is given up. Else of no meaning.</param>
/// <param name="ProbedAt">When the last probe began.</param>
/// <param name="RampedAt">When the ramp began.</param>
public sealed record BreakerSnapshot(
    BreakerState State,
    int FailedProbes,
    DateTimeOffset OpenedAt,
    DateTimeOffset Until,
    DateTimeOffset ProbedAt,
    DateTimeOffset RampedAt
);
