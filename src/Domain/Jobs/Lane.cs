namespace InferenceBroker.Domain.Jobs;

/// <summary>The priority class of a job. The stored numbers are never changed.</summary>
public enum Lane : short
{
    /// <summary>Somebody is watching: synchronous and streamed calls, priority 7 to 9.</summary>
    Interactive = 0,

    /// <summary>Priority 4 to 6, the default.</summary>
    Standard = 1,

    /// <summary>Priority 1 to 3 and the lines of batches.</summary>
    Batch = 2,

    /// <summary>Priority 0: only what nobody else wants.</summary>
    Idle = 3,
}
