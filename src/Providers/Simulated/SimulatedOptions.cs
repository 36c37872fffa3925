namespace InferenceBroker.Providers.Simulated;

/// <summary>How a simulated provider behaves. Made from settings by <see cref="SimulatedSettings"/>.</summary>
public sealed record SimulatedOptions
{
    /// <summary>The mean time in milliseconds until the first token, or the headers of a plain answer. Default 50.</summary>
    public double LatencyMs { get; init; } = 50;

    /// <summary>How far the latency strays from its mean, as a share of it from 0 to 1. Default 0.2.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>How fast tokens come after the first. 0: all at once. Default 400.</summary>
    public double TokensPerSecond { get; init; } = 400;

    /// <summary>The least number of tokens in an answer. Default 24.</summary>
    public int LeastOutputTokens { get; init; } = 24;

    /// <summary>The greatest number of tokens in an answer; the prompt decides between the two. Default 56.</summary>
    public int MostOutputTokens { get; init; } = 56;

    /// <summary>Enforced for each key over a sliding minute. Null: no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Input and output, enforced for each key over a sliding minute. Null: no limit.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>Calls at the same time for each key. Null: no limit.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Makes all chances repeatable. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>The length of vectors, unless the request says <c>dimensions</c>. Default 256.</summary>
    public int Dimensions { get; init; } = 256;

    /// <summary>The provider is down. Default: it is not.</summary>
    public SimulatedOutage Outage { get; init; }

    internal IReadOnlyList<SimulatedFaultRate> ErrorRates { get; init; } = [];

    internal bool HasLimits => RequestsPerMinute is not null || TokensPerMinute is not null || Concurrency is not null;
}
