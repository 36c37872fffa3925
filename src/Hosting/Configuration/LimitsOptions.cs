namespace InferenceBroker.Hosting.Configuration;

/// <summary>Limits of every job. Attempts stay below 25 minutes: RabbitMQ takes a message back after 30.</summary>
internal sealed class LimitsOptions
{
    /// <summary>Attempts over all endpoints, 1 to 20. Default 4.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>One attempt from start to end, 1 to 1500 s. Default 600.</summary>
    public int AttemptTimeoutSeconds { get; init; } = 600;

    /// <summary>From the request to the first token, 1 to 1500 s. Default 60.</summary>
    public int FirstTokenTimeoutSeconds { get; init; } = 60;

    /// <summary>Between two chunks of a stream, 1 to 1500 s. Default 60.</summary>
    public int IdleTimeoutSeconds { get; init; } = 60;

    /// <summary>To connect to a provider, 1 to 120 s. Default 10.</summary>
    public int ConnectTimeoutSeconds { get; init; } = 10;
}
