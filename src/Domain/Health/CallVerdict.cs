namespace InferenceBroker.Domain.Health;

/// <summary>What the end of an attempt says about the health of its endpoint.</summary>
public enum CallVerdict
{
    /// <summary>The endpoint did its work.</summary>
    Success,

    /// <summary>The endpoint is to blame: counts for the breaker.</summary>
    Error,

    /// <summary>Says nothing: a full minute, a parked key, our own cancellation.</summary>
    Neutral,
}
