namespace InferenceBroker.Domain.Health;

/// <summary>Where a circuit breaker stands. The stored numbers are never changed.</summary>
public enum BreakerState : short
{
    /// <summary>Calls pass. Left by <see cref="BreakerEvent.Tripped"/>.</summary>
    Closed = 0,

    /// <summary>Nothing passes until the wait is over.</summary>
    Open = 1,

    /// <summary>Ready for one probe.</summary>
    HalfOpen = 2,

    /// <summary>The probe is under way. One that never ends is given up after a limit.</summary>
    Probing = 3,

    /// <summary>The probe succeeded: a growing share of its calls pass.</summary>
    Recovering = 4,
}
