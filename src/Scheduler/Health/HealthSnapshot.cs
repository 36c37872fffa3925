using InferenceBroker.Domain.Health;

namespace InferenceBroker.Scheduler.Health;

/// <summary>What is stored of an endpoint (or, without a breaker, of a key).</summary>
internal sealed record HealthSnapshot(BreakerSnapshot? Breaker, Parking? Parking);
