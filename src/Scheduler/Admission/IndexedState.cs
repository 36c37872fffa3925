namespace InferenceBroker.Scheduler.Admission;

/// <summary>Where a job stands in the scheduler's memory.</summary>
internal enum IndexedState : byte
{
    /// <summary>Queued, but not to be dispatched yet.</summary>
    Waiting,

    /// <summary>Queued and ready.</summary>
    Queued,

    /// <summary>Chosen; the claim is on its way to the database.</summary>
    Claiming,

    /// <summary>Dispatched or running: holds credit.</summary>
    InFlight,

    /// <summary>No longer part of the index; heaps skip it when they meet it.</summary>
    Gone,
}
