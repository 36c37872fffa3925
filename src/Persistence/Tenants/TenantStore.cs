using InferenceBroker.Persistence.Model;
using InferenceBroker.Persistence.Sql;
using Microsoft.EntityFrameworkCore;

namespace InferenceBroker.Persistence.Tenants;

/// <summary>Tenants and keys by EF Core: read at start and on change, never on the hot path.</summary>
internal sealed class TenantStore(IBrokerContextFactory contexts) : ITenantStore
{
    public async Task<Tenant?> CreateTenantAsync(string name, int weight, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weight);
        if (await FindTenantAsync(name, cancellationToken) is not null)
        {
            return null;
        }

        await using var context = contexts.Create();
        var row = new TenantRow
        {
            Name = StoredText.Clean(name),
            Weight = weight,
            CreatedAt = now.ToUniversalTime(),
        };
        context.Tenants.Add(row);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody else took the name in between; any other fault is thrown again.
            if (await FindTenantAsync(name, cancellationToken) is null)
            {
                throw;
            }

            return null;
        }

        return ToTenant(row);
    }

    public async Task<IReadOnlyList<Tenant>> ListTenantsAsync(CancellationToken cancellationToken)
    {
        await using var context = contexts.Create();
        var rows = await context.Tenants.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return rows.ConvertAll(ToTenant);
    }

    public async Task<Tenant?> FindTenantAsync(string name, CancellationToken cancellationToken)
    {
        var clean = StoredText.Clean(name);
        await using var context = contexts.Create();
        var row = await context.Tenants.AsNoTracking().SingleOrDefaultAsync(row => row.Name == clean, cancellationToken);
        return row is null ? null : ToTenant(row);
    }

    public async Task<bool> SetWeightAsync(int id, int weight, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weight);
        await using var context = contexts.Create();
        var changed = await context
            .Tenants.Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Weight, weight), cancellationToken);
        return changed > 0;
    }

    public async Task<ApiKey> EnsureKeyAsync(ApiKey key, CancellationToken cancellationToken)
    {
        if (await FindKeyAsync(key.Hash, cancellationToken) is { } known)
        {
            return known;
        }

        await using var context = contexts.Create();
        var row = ToRow(key);
        context.ApiKeys.Add(row);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return ToKey(row);
        }
        catch (DbUpdateException)
        {
            // Another process stored the same key in between; any other fault is thrown again.
            if (await FindKeyAsync(key.Hash, cancellationToken) is { } stored)
            {
                return stored;
            }

            throw;
        }
    }

    public async Task<IReadOnlyList<ApiKey>> ListKeysAsync(CancellationToken cancellationToken)
    {
        await using var context = contexts.Create();
        var rows = await context.ApiKeys.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return rows.ConvertAll(ToKey);
    }

    public async Task<ApiKey?> FindKeyAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var context = contexts.Create();
        var row = await context.ApiKeys.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancellationToken);
        return row is null ? null : ToKey(row);
    }

    public async Task<bool> DisableKeyAsync(int id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = contexts.Create();
        var row = await context.ApiKeys.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (row is null)
        {
            return false;
        }

        row.DisabledAt ??= now.ToUniversalTime();
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static Tenant ToTenant(TenantRow row) => new(row.Id, row.Name, row.Weight, row.CreatedAt);

    private static ApiKey ToKey(ApiKeyRow row) =>
        new(row.Id, row.TenantId, row.Name, row.Hash, row.MaskedSecret, row.IsAdmin, row.CreatedAt, row.ExpiresAt, row.DisabledAt);

    private static ApiKeyRow ToRow(ApiKey key) =>
        new()
        {
            TenantId = key.TenantId,
            Name = StoredText.Clean(key.Name),
            Hash = key.Hash,
            MaskedSecret = key.MaskedSecret,
            IsAdmin = key.IsAdmin,
            CreatedAt = key.CreatedAt.ToUniversalTime(),
            ExpiresAt = key.ExpiresAt?.ToUniversalTime(),
            DisabledAt = key.DisabledAt?.ToUniversalTime(),
        };
}
