namespace InferenceBroker.Persistence.Tenants;

/// <summary>Tenants and their keys. Thread safe.</summary>
public interface ITenantStore
{
    /// <summary>Null: a tenant of this name exists.</summary>
    Task<Tenant?> CreateTenantAsync(string name, int weight, DateTimeOffset now, CancellationToken cancellationToken);

    Task<IReadOnlyList<Tenant>> ListTenantsAsync(CancellationToken cancellationToken);

    Task<Tenant?> FindTenantAsync(string name, CancellationToken cancellationToken);

    /// <summary>False: no such tenant.</summary>
    Task<bool> SetWeightAsync(int id, int weight, CancellationToken cancellationToken);

    /// <summary>Stores a key. Where a key with this hash exists, that one is returned unchanged.</summary>
    Task<ApiKey> EnsureKeyAsync(ApiKey key, CancellationToken cancellationToken);

    Task<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken);

    Task<ApiKey?> FindKeyAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>False: no such key.</summary>
    Task<bool> DisableKeyAsync(int id, DateTimeOffset now, CancellationToken cancellationToken);
}
