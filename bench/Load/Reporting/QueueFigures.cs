namespace InferenceBroker.Load.Reporting;

/// <summary>Memory with many jobs waiting.</summary>
internal sealed record QueueFigures
{
    public int Jobs { get; init; }

    public IReadOnlyDictionary<string, double> RssMb { get; init; } = new Dictionary<string, double>();
}
