using System.Collections.Concurrent;
using System.Security.Cryptography;
using InferenceBroker.Persistence.Tenants;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Api.Auth;

/// <summary>
/// Remembers keys and non-keys for a short time, so that a request costs no read. Unknown hashes are kept apart and bounded: somebody who
/// guesses can neither fill the memory nor push real keys out. Thread safe.
/// </summary>
internal sealed class KeyCache(ITenantStore tenants, TimeProvider time, IOptions<ApiOptions> options)
{
    private const int MaxUnknown = 4096;

    private readonly ConcurrentDictionary<KeyHash, (ApiKey Key, DateTimeOffset Until)> _known = new();
    private readonly ConcurrentDictionary<KeyHash, DateTimeOffset> _unknown = new();
    private readonly TimeSpan _lifetime = TimeSpan.FromSeconds(options.Value.KeyCacheSeconds);

    /// <summary>The key with this hash if it may be used now.</summary>
    public ValueTask<ApiKey?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var id = KeyHash.Of(hash);
        var now = time.GetUtcNow();
        if (_known.TryGetValue(id, out var entry) && entry.Until > now)
        {
            return new(Usable(entry.Key, hash, now));
        }

        if (_unknown.TryGetValue(id, out var until) && until > now)
        {
            return new((ApiKey?)null);
        }

        return LoadAsync(id, hash, cancellationToken);
    }

    public void Forget()
    {
        _known.Clear();
        _unknown.Clear();
    }

    private static ApiKey? Usable(ApiKey key, byte[] hash, DateTimeOffset now) =>
        CryptographicOperations.FixedTimeEquals(key.Hash, hash) && key.DisabledAt is null && (key.ExpiresAt is null || key.ExpiresAt > now)
            ? key
            : null;

    private async ValueTask<ApiKey?> LoadAsync(KeyHash id, byte[] hash, CancellationToken cancellationToken)
    {
        var key = await tenants.FindKeyAsync(hash, cancellationToken);
        var now = time.GetUtcNow();
        if (key is null)
        {
            if (_unknown.Count >= MaxUnknown)
            {
                _unknown.Clear();
            }

            _unknown[id] = now + _lifetime;
            _known.TryRemove(id, out _);
            return null;
        }

        _known[id] = (key, now + _lifetime);
        return Usable(key, hash, now);
    }
}
