namespace InferenceBroker.Domain.Jobs;

/// <summary>How an attempt ended. The stored numbers are never changed.</summary>
public enum AttemptOutcome : short
{
    Succeeded = 0,
    Failed = 1,

    /// <summary>Ended after another attempt had taken its place: its cost counts, its answer does not.</summary>
    Superseded = 2,
    Cancelled = 3,

    /// <summary>Given back by a worker that shuts down. Costs the job nothing.</summary>
    HandedBack = 4,
}
