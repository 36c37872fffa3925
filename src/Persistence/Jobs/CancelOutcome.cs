using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>What a cancel did.</summary>
/// <param name="Found">False: no such job for this tenant.</param>
/// <param name="State">The job's state afterwards; still running where a worker has to stop it first.</param>
/// <param name="Ended">True where this very call ended the job.</param>
/// <param name="Endpoint">The endpoint to release, where it had been dispatched.</param>
public readonly record struct CancelOutcome(bool Found, JobState State, bool Ended, string? Endpoint);
