namespace InferenceBroker.Persistence.Model;

/// <summary>An owner of jobs and keys.</summary>
internal sealed class TenantRow
{
    public int Id { get; init; }

    public required string Name { get; init; }

    public int Weight { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>JSON, or null: no limits.</summary>
    public string? Limits { get; init; }
}
