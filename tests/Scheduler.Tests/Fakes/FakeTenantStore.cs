using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>Tenants with their weights.</summary>
internal sealed class FakeTenantStore : ITenantStore
{
    public List<Tenant> Tenants { get; } = [];

    public Task<IReadOnlyList<Tenant>> ListTenantsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Tenant>>([.. Tenants]);

    public Task<Tenant?> CreateTenantAsync(string name, int weight, DateTimeOffset now, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Tenant?> FindTenantAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ApiKey> EnsureKeyAsync(ApiKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ApiKey?> FindKeyAsync(byte[] hash, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> SetWeightAsync(int id, int weight, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DisableKeyAsync(int id, DateTimeOffset now, CancellationToken cancellationToken) => throw new NotSupportedException();
}
