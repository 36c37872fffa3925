namespace InferenceBroker.Persistence.Placement;

/// <summary>The limits of a tenant, or of one of its keys.</summary>
/// <param name="ApiKeyId">Null: the tenant's own limits.</param>
/// <param name="Limits">JSON, as <see cref="TenantLimits"/> writes and reads it; null: no limits.</param>
public sealed record LimitsRecord(int TenantId, int? ApiKeyId, string? Limits);
