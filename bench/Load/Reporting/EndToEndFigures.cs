namespace InferenceBroker.Load.Reporting;

/// <summary>The drained backlog.</summary>
internal sealed record EndToEndFigures
{
    public int Jobs { get; init; }

    public double Seconds { get; init; }

    public double JobsPerSecond { get; init; }

    /// <summary>Jobs per second ÷ pgbench transactions per second on the same server.</summary>
    public double? RatioToPgbench { get; set; }
}
