using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Scheduler.Recovery;

/// <summary>For the dispatch loop: the tenants with their weights.</summary>
internal sealed record TenantsRead(IReadOnlyList<Tenant> Tenants);
