namespace InferenceBroker.Standalone.Run;

/// <summary>What the command line says about a run.</summary>
internal sealed record RunOptions
{
    public const int DefaultConcurrency = 20_000;

    public required string Input { get; init; }

    public required string Output { get; init; }

    public required string DataFolder { get; init; }

    public string? ConfigFile { get; init; }

    /// <summary>Lines that are in the broker at the same time.</summary>
    public int Concurrency { get; init; } = DefaultConcurrency;

    /// <summary>Forgets the answers of earlier starts.</summary>
    public bool Fresh { get; init; }
}
