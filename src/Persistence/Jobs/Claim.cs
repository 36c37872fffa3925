using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>The scheduler's choice for one queued job.</summary>
/// <param name="Fence">The fence that the queued row must still have; the dispatched row gets this + 1.</param>
/// <param name="Endpoint"><c>provider/key/model</c>.</param>
public readonly record struct Claim(JobId Id, long Fence, string Endpoint);
