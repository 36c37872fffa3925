namespace InferenceBroker.Domain.Routing;

/// <summary>Limits of every job.</summary>
public sealed record JobLimits
{
    /// <summary>Attempts that a job may spend over all endpoints, 1 to 20.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>One attempt from its start to its end.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>From the request to the first token of a stream, or to the headers of a plain answer.</summary>
    public TimeSpan FirstTokenTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two chunks of a stream.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>To establish a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
