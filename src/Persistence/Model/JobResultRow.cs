namespace InferenceBroker.Persistence.Model;

/// <summary>The answer of a job that has ended. Written once.</summary>
internal sealed class JobResultRow
{
    public Guid JobId { get; init; }

    public int StatusCode { get; init; }

    public required byte[] Body { get; init; }
}
