namespace InferenceBroker.Load;

/// <summary>What to run.</summary>
internal sealed record LoadOptions
{
    /// <summary>True: one Standalone process on SQLite and the in-memory transport. False: three roles on PostgreSQL and RabbitMQ.</summary>
    public bool Embedded { get; init; }

    /// <summary>Jobs of the drained backlog.</summary>
    public int Jobs { get; init; } = 20_000;

    /// <summary>Jobs before anything is measured: cold code costs two to three times the CPU.</summary>
    public int WarmUp { get; init; } = 10_000;

    /// <summary>Jobs that are submitted one by one.</summary>
    public int Submits { get; init; } = 10_000;

    /// <summary>Connections that submit at the same time.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>Jobs of the unloaded phase, one after the other.</summary>
    public int LatencyJobs { get; init; } = 300;

    /// <summary>Jobs that wait while the memory of each role is read. 0: leave it out.</summary>
    public int Queued { get; init; } = 100_000;

    /// <summary>Bytes of each prompt.</summary>
    public int PromptBytes { get; init; } = 500;

    /// <summary>The provider's concurrency in the configuration.</summary>
    public int Concurrency { get; init; } = 256;

    /// <summary>Where the figures go as JSON; null: only beside the benchmark.</summary>
    public string? Json { get; init; }
}
