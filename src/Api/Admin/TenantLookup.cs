using System.Globalization;
using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Api.Admin;

/// <summary>Finds a tenant by its name, else by its number.</summary>
internal static class TenantLookup
{
    public static async Task<Tenant?> FindAsync(ITenantStore tenants, string nameOrId, CancellationToken cancellationToken)
    {
        if (nameOrId.Contains('\0'))
        {
            return null;
        }

        if (await tenants.FindTenantAsync(nameOrId, cancellationToken) is { } named)
        {
            return named;
        }

        return int.TryParse(nameOrId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (await tenants.ListTenantsAsync(cancellationToken)).FirstOrDefault(t => t.Id == id)
            : null;
    }
}
