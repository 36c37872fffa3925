using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Api.Tests.Fakes;

/// <summary>Tenants and keys in memory; tenant 1 is <c>default</c>.</summary>
internal sealed class FakeTenantStore : ITenantStore
{
    private readonly Lock _gate = new();
    private readonly List<Tenant> _tenants = [new(1, "default", 1, DateTimeOffset.UnixEpoch)];
    private readonly List<ApiKey> _keys = [];

    public int KeyReads { get; private set; }

    public Task<Tenant?> CreateTenantAsync(string name, int weight, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_tenants.Exists(t => t.Name == name))
            {
                return Task.FromResult<Tenant?>(null);
            }

            _tenants.Add(new Tenant(_tenants.Count + 1, name, weight, now));
            return Task.FromResult<Tenant?>(_tenants[^1]);
        }
    }

    public Task<IReadOnlyList<Tenant>> ListTenantsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Tenant>>([.. _tenants]);

    public Task<Tenant?> FindTenantAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_tenants.Find(t => t.Name == name));

    public Task<bool> SetWeightAsync(int id, int weight, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var index = _tenants.FindIndex(t => t.Id == id);
            if (index >= 0)
            {
                _tenants[index] = _tenants[index] with { Weight = weight };
            }

            return Task.FromResult(index >= 0);
        }
    }

    public Task<ApiKey> EnsureKeyAsync(ApiKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_keys.Find(k => k.Hash.AsSpan().SequenceEqual(key.Hash)) is { } present)
            {
                return Task.FromResult(present);
            }

            _keys.Add(key with { Id = _keys.Count + 1 });
            return Task.FromResult(_keys[^1]);
        }
    }

    public Task<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ApiKey>>([.. _keys]);

    public Task<ApiKey?> FindKeyAsync(byte[] hash, CancellationToken cancellationToken)
    {
        KeyReads++;
        return Task.FromResult(_keys.Find(k => k.Hash.AsSpan().SequenceEqual(hash)));
    }

    public Task<bool> DisableKeyAsync(int id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var index = _keys.FindIndex(k => k.Id == id);
            if (index >= 0)
            {
                _keys[index] = _keys[index] with { DisabledAt = now };
            }

            return Task.FromResult(index >= 0);
        }
    }
}
