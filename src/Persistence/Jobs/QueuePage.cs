using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>Which queued jobs to read: those of one tenant and lane in order of their id.</summary>
public readonly record struct QueuePage(int TenantId, Lane Lane, JobId? After, int Limit);
