namespace InferenceBroker.Domain.Health;

/// <summary>Whether an endpoint may get work, and why not.</summary>
public enum Availability
{
    Available,

    /// <summary>Only a probe may go there.</summary>
    ProbeOnly,

    /// <summary>The breaker is open, or its probe is under way.</summary>
    Open,
    KeyParked,
    ModelParked,
    Paused,
    Draining,
}
