namespace InferenceBroker.Workers.Execution;

/// <summary>Why a running call is stopped from our side.</summary>
internal enum StopReason
{
    None,

    /// <summary>The job's owner wants it to end.</summary>
    Cancelled,

    /// <summary>Another attempt has taken this one's place, so nobody waits for the answer.</summary>
    Superseded,

    /// <summary>This worker shuts down.</summary>
    HandedBack,

    /// <summary>The stream cannot be stored, so it cannot be relayed either.</summary>
    NotStored,
}
