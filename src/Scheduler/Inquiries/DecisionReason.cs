namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>What decided.</summary>
internal enum DecisionReason : byte
{
    Policy,
    Affinity,

    /// <summary>An endpoint that is to come back needed a call to be tried by.</summary>
    Probe,
}
