namespace InferenceBroker.Load.Reporting;

/// <summary>The figures of one run, in the shape of the JSON file.</summary>
internal sealed record LoadReport
{
    public string Mode { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public int Cores { get; init; }

    public EndToEndFigures EndToEnd { get; set; } = new();

    public SubmitFigures SubmitAndWork { get; set; } = new();

    public BulkFigures Bulk { get; set; } = new();

    public LatencyFigures Latency { get; set; } = new();

    /// <summary>By process, during the drained backlog.</summary>
    public IReadOnlyDictionary<string, double> CpuSecondsPer1000Jobs { get; set; } = new Dictionary<string, double>();

    /// <summary>By process, the whole run.</summary>
    public IReadOnlyDictionary<string, double> PeakRssMb { get; set; } = new Dictionary<string, double>();

    /// <summary>By process, with the queue full.</summary>
    public QueueFigures Queue { get; set; } = new();

    public PgbenchFigures? Pgbench { get; set; }
}
