namespace InferenceBroker.Persistence.Model;

/// <summary>An API key, without its secret.</summary>
internal sealed class ApiKeyRow
{
    public int Id { get; init; }

    public int? TenantId { get; init; }

    public required string Name { get; init; }

    public required byte[] Hash { get; init; }

    public required string MaskedSecret { get; init; }

    public bool IsAdmin { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>JSON, or null: no limits.</summary>
    public string? Limits { get; init; }
}
