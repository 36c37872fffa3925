namespace InferenceBroker.Providers.Simulated;

/// <summary>How a simulated provider is down.</summary>
public enum SimulatedOutage
{
    Off,

    /// <summary>Every call is answered with 503.</summary>
    Error,

    /// <summary>No call is answered.</summary>
    Hang,

    /// <summary>Every connection is reset.</summary>
    Reset,
}
