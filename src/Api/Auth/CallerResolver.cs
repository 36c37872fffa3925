using System.Security.Cryptography;
using InferenceBroker.Api.Errors;

namespace InferenceBroker.Api.Auth;

/// <summary>Finds out who makes a request, from its bearer key or its job token. Thread safe; cheap enough to be asked again for every hub call.</summary>
internal sealed class CallerResolver(KeyCache keys, TenantNames tenants, ApiSecrets secrets, JobTokens tokens)
{
    private const string Bearer = "Bearer ";

    public async ValueTask<(Caller? Caller, ApiError? Error)> ResolveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            // Browsers cannot set headers on EventSource and WebSocket. Only tokens are taken from the query: URLs end up in logs.
            return request.Query["access_token"].ToString() is { Length: > 0 } token
                ? Answer(tokens.Read(token))
                : (null, ApiError.MissingKey);
        }

        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return (null, ApiError.MissingKey);
        }

        var secret = header[Bearer.Length..].Trim();
        return secret.StartsWith(JobTokens.Prefix, StringComparison.Ordinal)
            ? Answer(tokens.Read(secret))
            : Answer(await FindKeyAsync(secret, cancellationToken));
    }

    private static (Caller?, ApiError?) Answer(Caller? caller) => (caller, caller is null ? ApiError.InvalidKey : null);

    private async ValueTask<Caller?> FindKeyAsync(string secret, CancellationToken cancellationToken)
    {
        if (!KeySecrets.IsPlausible(secret))
        {
            return null;
        }

        var hash = KeySecrets.Hash(secret);
        if (secrets.AdminKeyHash is { } admin && CryptographicOperations.FixedTimeEquals(admin, hash))
        {
            return new Caller(0, 0, IsAdmin: true);
        }

        var key = await keys.FindAsync(hash, cancellationToken);
        if (key is null)
        {
            return null;
        }

        return key.TenantId is { } tenant
            ? new Caller(tenant, key.Id, key.IsAdmin) { TenantName = await tenants.FindAsync(tenant, cancellationToken) }
            : new Caller(0, key.Id, key.IsAdmin);
    }
}
