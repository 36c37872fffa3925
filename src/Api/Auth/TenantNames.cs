using System.Collections.Concurrent;
using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Api.Auth;

/// <summary>Remembers the names of tenants, which never change. Thread safe.</summary>
internal sealed class TenantNames(ITenantStore tenants)
{
    private readonly ConcurrentDictionary<int, string> _names = new();

    /// <summary>Null: there is no such tenant.</summary>
    public ValueTask<string?> FindAsync(int id, CancellationToken cancellationToken) =>
        _names.TryGetValue(id, out var name) ? new(name) : LoadAsync(id, cancellationToken);

    private async ValueTask<string?> LoadAsync(int id, CancellationToken cancellationToken)
    {
        foreach (var tenant in await tenants.ListTenantsAsync(cancellationToken))
        {
            _names[tenant.Id] = tenant.Name;
        }

        return _names.GetValueOrDefault(id);
    }
}
