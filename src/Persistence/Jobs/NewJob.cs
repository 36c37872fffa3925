using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>A job to store as queued.</summary>
public sealed record NewJob
{
    public required JobId Id { get; init; }

    public required int TenantId { get; init; }

    public required int ApiKeyId { get; init; }

    public required Operation Operation { get; init; }

    /// <summary>The public model name that was asked for.</summary>
    public required string Model { get; init; }

    /// <summary>The request in the dialect of <see cref="Operation"/>, as received but for the broker's own fields.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The body asks for a stream.</summary>
    public bool Streaming { get; init; }

    /// <summary>0 idle to 9 most urgent.</summary>
    public short Priority { get; init; } = 5;

    public Lane Lane { get; init; } = Lane.Standard;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public int EstimatedInputTokens { get; init; }

    /// <summary>-1: the request names no limit.</summary>
    public int EstimatedOutputTokens { get; init; }

    public ReplayPolicy Replay { get; init; }

    /// <summary>Billionths of a US dollar; null: no limit.</summary>
    public long? MaxCostNanoUsd { get; init; }

    /// <summary>Routes to try after the model's own targets.</summary>
    public IReadOnlyList<string> Fallbacks { get; init; } = [];

    /// <summary>The route that a rule chose; null: the one of <see cref="Model"/>.</summary>
    public string? Route { get; init; }

    /// <summary>What the job needs of a target, as flags; 0: nothing special.</summary>
    public int Needs { get; init; }

    /// <summary>Jobs with the same value share a prompt prefix; null: none known.</summary>
    public long? Affinity { get; init; }

    /// <summary>A JSON object of strings, or null.</summary>
    public string? Metadata { get; init; }

    /// <summary>The broker's remaining fields of the request as a JSON object (webhook, affinity, cache), or null.</summary>
    public string? Options { get; init; }

    /// <summary>The set of jobs that this one belongs to (a batch, or a run of the command line), or null.</summary>
    public string? BatchId { get; init; }

    /// <summary>A hash of <see cref="BatchId"/>, for fair shares among batches; 0: no batch.</summary>
    public long BatchHash => BatchId is null ? 0 : StableHash.Of(BatchId);

    /// <summary>The caller's own name for the line within its batch, or null.</summary>
    public string? CustomId { get; init; }
}
