using InferenceBroker.Persistence.Placement;
using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Api.Admin;

/// <param name="Secret">Only in the answer that makes the key: it is not stored.</param>
/// <param name="Limits">Null: none but those of the tenant.</param>
internal sealed record KeyAnswer(
    int Id,
    string Object,
    string? Tenant,
    string Name,
    string MaskedSecret,
    string? Secret,
    long CreatedAt,
    long? ExpiresAt,
    long? DisabledAt,
    TenantLimits? Limits
)
{
    public static KeyAnswer Of(ApiKey key, string? tenant, TenantLimits limits, string? secret = null) =>
        new(
            key.Id,
            "api_key",
            tenant,
            key.Name,
            key.MaskedSecret,
            secret,
            key.CreatedAt.ToUnixTimeSeconds(),
            key.ExpiresAt?.ToUnixTimeSeconds(),
            key.DisabledAt?.ToUnixTimeSeconds(),
            limits == TenantLimits.None ? null : limits
        );
}
