namespace InferenceBroker.Persistence.Model;

/// <summary>What a job asks for. Written once.</summary>
internal sealed class JobPayloadRow
{
    public Guid JobId { get; init; }

    public required byte[] Body { get; init; }

    public string? Options { get; init; }
}
