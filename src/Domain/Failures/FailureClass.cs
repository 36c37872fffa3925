namespace InferenceBroker.Domain.Failures;

/// <summary>The closed list of ways in which an attempt fails. The stored numbers are never changed.</summary>
public enum FailureClass : short
{
    /// <summary>Did not fail.</summary>
    None = 0,

    /// <summary>The provider's account is empty. Recognised before <see cref="RateLimited"/>, since it often comes as a 429.</summary>
    Quota = 1,
    RateLimited = 2,

    /// <summary>Connection errors, 408, retryable 409, 5xx, an unterminated stream, a provider-failed finish reason.</summary>
    Transient = 3,

    /// <summary>No connection, first token, next chunk or end within its limit.</summary>
    Timeout = 4,
    Credential = 5,
    ModelUnavailable = 6,
    ContextTooLong = 7,
    ContentFiltered = 8,

    /// <summary>The request itself is wrong; no provider would take it.</summary>
    CallerFault = 9,
    Cancelled = 10,
    Unknown = 11,

    /// <summary>The worker that ran the attempt disappeared.</summary>
    WorkerLost = 12,

    /// <summary>The worker shut down and gave the job back.</summary>
    HandedBack = 13,
}
