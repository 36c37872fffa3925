namespace InferenceBroker.Domain.Routing;

/// <summary>What has been observed of an endpoint, as policies need it. Read by the dispatch loop at every pick: cheap, and never blocks.</summary>
public interface IEndpointMeasures
{
    /// <summary>Seconds to the first token, a moving average that follows peaks at once. 0: unknown.</summary>
    double TimeToFirstToken { get; }

    /// <summary>The same for each token after it. 0: unknown.</summary>
    double SecondsPerOutputToken { get; }

    /// <summary>Failed calls ÷ calls, 0 to 1.</summary>
    double ErrorShareLastMinute { get; }

    double ErrorShareLastFiveMinutes { get; }

    double ErrorShareLastHour { get; }

    /// <summary>How much of its usual share it gets now, 0 to 1: less than 1 while it recovers or is degraded.</summary>
    double Share { get; }
}
