namespace InferenceBroker.Domain.Budgets;

/// <summary>How a limit per minute is kept.</summary>
public enum RateWindow
{
    /// <summary>No 60 seconds see more than the limit: for providers that look at the last minute.</summary>
    Sliding,

    /// <summary>Refilled continuously: a minute after a quiet time may see twice the limit.</summary>
    Bucket,
}
