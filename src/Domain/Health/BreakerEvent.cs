namespace InferenceBroker.Domain.Health;

/// <summary>What moves a circuit breaker.</summary>
public enum BreakerEvent
{
    /// <summary>Too many errors.</summary>
    Tripped,
    WaitEnded,
    ProbeBegan,
    ProbeSucceeded,
    ProbeFailed,

    /// <summary>The probe ended without a word on the endpoint: a lost worker, a cancelled job, a full minute.</summary>
    ProbeLost,

    /// <summary>The last step of the ramp is over.</summary>
    RampEnded,
}
