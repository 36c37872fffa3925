using InferenceBroker.Contracts.Inquiries;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>Where a job would go now.</summary>
/// <param name="Endpoint">The one that would be picked; null: none.</param>
/// <param name="NoTarget">Why no target can serve it, in words.</param>
/// <param name="Refusal">The limit that ends soonest among those that hold it up.</param>
internal sealed record TrialResult(IReadOnlyList<RouteStanding> Routes, string? Endpoint, string? NoTarget, CreditRefusal? Refusal);
