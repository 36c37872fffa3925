namespace InferenceBroker.Domain.Jobs;

/// <summary>Where a job stands. The stored numbers are never changed.</summary>
public enum JobState : short
{
    /// <summary>Waits for capacity. The scheduler moves it out; if the leader dies, the next one finds it in the database.</summary>
    Queued = 0,

    /// <summary>Given to an endpoint, not yet taken. A worker moves it out; if the message is lost, the sweep publishes it again.</summary>
    Dispatched = 1,

    /// <summary>A worker is calling the provider. That worker moves it out; if it dies, the lost-worker sweep does.</summary>
    Running = 2,

    /// <summary>Ended with an answer.</summary>
    Completed = 3,

    /// <summary>Ended without an answer: the last error is kept.</summary>
    Failed = 4,

    /// <summary>Ended by its owner.</summary>
    Cancelled = 5,

    /// <summary>Its deadline passed before it could be answered.</summary>
    Expired = 6,
}
