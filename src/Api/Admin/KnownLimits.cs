using InferenceBroker.Persistence.Placement;
using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Api.Admin;

/// <summary>The limits that were read, by tenant and key.</summary>
internal sealed class KnownLimits(IReadOnlyList<LimitsRecord> records)
{
    private readonly Dictionary<(int Tenant, int? Key), string?> _limits = records.ToDictionary(
        r => (r.TenantId, r.ApiKeyId),
        r => r.Limits
    );

    public TenantLimits Of(Tenant tenant) => Of(tenant.Id, null);

    public TenantLimits Of(ApiKey key) => key.TenantId is { } tenant ? Of(tenant, key.Id) : TenantLimits.None;

    private TenantLimits Of(int tenant, int? key) => TenantLimits.Parse(_limits.GetValueOrDefault((tenant, key)));
}
