using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Api.Admin;

internal sealed record TenantAnswer(int Id, string Object, string Name, int Weight, long CreatedAt)
{
    public static TenantAnswer Of(Tenant tenant) =>
        new(tenant.Id, "tenant", tenant.Name, tenant.Weight, tenant.CreatedAt.ToUnixTimeSeconds());
}
