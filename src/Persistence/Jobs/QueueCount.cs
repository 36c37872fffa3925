using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>How many jobs of a tenant wait in a lane.</summary>
public readonly record struct QueueCount(int TenantId, Lane Lane, long Jobs);
