using InferenceBroker.Persistence.Placement;
using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Api.Admin;

/// <param name="Limits">Null: none.</param>
internal sealed record TenantAnswer(int Id, string Object, string Name, int Weight, long CreatedAt, TenantLimits? Limits)
{
    public static TenantAnswer Of(Tenant tenant, TenantLimits limits) =>
        new(
            tenant.Id,
            "tenant",
            tenant.Name,
            tenant.Weight,
            tenant.CreatedAt.ToUnixTimeSeconds(),
            limits == TenantLimits.None ? null : limits
        );
}
