namespace InferenceBroker.Providers.Simulated;

/// <summary>How a simulated call ends.</summary>
internal enum SimulatedOutcome
{
    Answer,

    /// <summary>An error answer with a status.</summary>
    Error,

    /// <summary>No answer ever comes.</summary>
    Hang,

    /// <summary>The connection is reset instead of an answer.</summary>
    Reset,

    /// <summary>Status 200 with a body that is no JSON.</summary>
    Malformed,

    /// <summary>The connection breaks in the middle of the answer.</summary>
    Cut,

    /// <summary>The stream ends in good order, without finish reason and <c>[DONE]</c>.</summary>
    Unterminated,
}
