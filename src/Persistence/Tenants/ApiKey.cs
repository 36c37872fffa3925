namespace InferenceBroker.Persistence.Tenants;

/// <summary>A key of a tenant, or an admin key. The secret is not kept: only its SHA-256 hash.</summary>
/// <param name="TenantId">Null for an admin key.</param>
/// <param name="MaskedSecret">For showing, for example <c>sk-brk-…3f9a</c>.</param>
public sealed record ApiKey(
    int Id,
    int? TenantId,
    string Name,
    byte[] Hash,
    string MaskedSecret,
    bool IsAdmin,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? DisabledAt
);
