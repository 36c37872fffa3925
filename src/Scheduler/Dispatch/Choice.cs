namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>What came of looking for a job's endpoint.</summary>
internal enum Choice
{
    Picked = 0,

    /// <summary>Some can serve it, and none of them has credit now.</summary>
    NoCredit = 1,

    /// <summary>No target can serve it, whatever its credit: it has to wait for another configuration, or for its deadline.</summary>
    NoTarget = 2,

    /// <summary>It would cost more than it may wherever it can be served: it fails before anything is spent.</summary>
    TooCostly = 3,
}
