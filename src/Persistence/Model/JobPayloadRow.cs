namespace InferenceBroker.Persistence.Model;

/// <summary>What a job asks for, and what its owner finds it by. Written once: an index here is not paid for at every move of the job.</summary>
internal sealed class JobPayloadRow
{
    public Guid JobId { get; init; }

    public int TenantId { get; init; }

    public string? BatchId { get; init; }

    public string? CustomId { get; init; }

    public string? Metadata { get; init; }

    public required byte[] Body { get; init; }

    public string? Options { get; init; }
}
