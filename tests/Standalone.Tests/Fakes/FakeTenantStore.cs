using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Standalone.Tests.Fakes;

internal sealed class FakeTenantStore : ITenantStore
{
    private readonly List<ApiKey> _keys = [];

    public Task<Tenant?> CreateTenantAsync(string name, int weight, DateTimeOffset now, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Tenant>> ListTenantsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Tenant?> FindTenantAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<Tenant?>(new Tenant(7, name, 1, DateTimeOffset.UnixEpoch));

    public Task<ApiKey> EnsureKeyAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var stored = _keys.Find(k => k.Hash.AsSpan().SequenceEqual(key.Hash));
        if (stored is null)
        {
            _keys.Add(stored = key with { Id = _keys.Count + 1 });
        }

        return Task.FromResult(stored);
    }

    public Task<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ApiKey>>(_keys);

    public Task<ApiKey?> FindKeyAsync(byte[] hash, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> SetWeightAsync(int id, int weight, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DisableKeyAsync(int id, DateTimeOffset now, CancellationToken cancellationToken) => throw new NotSupportedException();
}
