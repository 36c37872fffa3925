namespace InferenceBroker.Persistence.Model;

/// <summary>A used idempotency key and the job that it made.</summary>
internal sealed class IdempotencyKeyRow
{
    public int TenantId { get; init; }

    public required string Key { get; init; }

    public Guid JobId { get; init; }

    public required byte[] RequestHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
