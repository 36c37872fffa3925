using InferenceBroker.Persistence.Placement;

namespace InferenceBroker.Api.Admin;

/// <summary>The limits of tenants and keys as the database has them.</summary>
internal sealed class StoredLimits(IPlacementStore placement)
{
    public async Task<KnownLimits> ReadAsync(CancellationToken cancellationToken) =>
        new(await placement.ReadLimitsAsync(cancellationToken));

    /// <summary>Writes only where something differs.</summary>
    /// <param name="keyId">Null: the tenant's own limits.</param>
    public async Task ChangeAsync(int tenantId, int? keyId, TenantLimits current, TenantLimits wanted, CancellationToken cancellationToken)
    {
        if (wanted != current)
        {
            await placement.SetLimitsAsync(new LimitsRecord(tenantId, keyId, wanted.ToJson()), cancellationToken);
        }
    }
}
