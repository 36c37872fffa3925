namespace InferenceBroker.Load.Reporting;

/// <summary>Jobs that are submitted one by one over HTTP and worked at the same time.</summary>
internal sealed record SubmitFigures
{
    public int Jobs { get; init; }

    public int Connections { get; init; }

    /// <summary>From the first request to the last stored result.</summary>
    public double JobsPerSecond { get; init; }

    /// <summary>From the first request to the last accept answer.</summary>
    public double AcceptedPerSecond { get; init; }

    public double AcceptP50Ms { get; init; }

    public double AcceptP99Ms { get; init; }
}
