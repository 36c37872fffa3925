namespace InferenceBroker.Load.Reporting;

/// <summary>Jobs that are stored 500 at a time, as a batch's lines are.</summary>
internal sealed record BulkFigures
{
    public double AcceptedPerSecond { get; init; }
}
