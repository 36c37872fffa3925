namespace InferenceBroker.Load.Reporting;

/// <summary>One job at a time on an idle system. The provider's own time, measured in the same run, is not subtracted.</summary>
internal sealed record LatencyFigures
{
    /// <summary>From the submit request to the accept answer.</summary>
    public double AcceptP50Ms { get; init; }

    /// <summary>From the submit request to the result being readable in the database.</summary>
    public double ResultP50Ms { get; init; }

    public double ResultP99Ms { get; init; }

    /// <summary>A synchronous chat completion through the queue, answer in hand.</summary>
    public double SynchronousP50Ms { get; init; }

    public double FirstTokenP50Ms { get; init; }

    public double FirstTokenP99Ms { get; init; }

    /// <summary>The provider called directly, without the broker.</summary>
    public double ProviderP50Ms { get; init; }

    public double ProviderFirstTokenP50Ms { get; init; }
}
