using System.Globalization;
using InferenceBroker.Api.Auth;
using InferenceBroker.Api.Errors;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Api.Admin;

/// <summary>Making, listing, changing and deleting API keys.</summary>
internal static class KeyEndpoints
{
    private const int MaxName = 64;
    private const long MaxExpirySeconds = 10L * 366 * 24 * 3600;

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/admin/keys", CreateAsync);
        routes.MapGet("/admin/keys", ListAsync);
        routes.MapGet("/admin/keys/{id}", GetAsync);
        routes.MapPatch("/admin/keys/{id}", ChangeAsync);
        routes.MapDelete("/admin/keys/{id}", DeleteAsync);
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context,
        ITenantStore tenants,
        StoredLimits limits,
        KeyCache cache,
        TimeProvider time
    )
    {
        var (request, error) = await AdminBody.ReadAsync(context, ApiJson.Default.KeyRequest);
        error ??= Check(request!);
        var (wanted, limitsError) = error is null ? LimitsReader.Read(TenantLimits.None, request!.Limits) : (TenantLimits.None, error);
        if (limitsError is not null)
        {
            return new ErrorResult(limitsError);
        }

        if (await tenants.FindTenantAsync(request!.Tenant!, context.RequestAborted) is not { } tenant)
        {
            return new ErrorResult(ApiError.TenantNotFound(request.Tenant!));
        }

        var secret = KeySecrets.Create();
        var now = time.GetUtcNow();
        DateTimeOffset? expiresAt = request.ExpiresIn is { } seconds ? now.AddSeconds(seconds) : null;
        var key = new ApiKey(
            0,
            tenant.Id,
            request.Name ?? "key",
            KeySecrets.Hash(secret),
            KeySecrets.Mask(secret),
            false,
            now,
            expiresAt,
            null
        );
        var stored = await tenants.EnsureKeyAsync(key, context.RequestAborted);
        await limits.ChangeAsync(tenant.Id, stored.Id, TenantLimits.None, wanted, context.RequestAborted);
        cache.Forget();
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(KeyAnswer.Of(stored, tenant.Name, wanted, secret), ApiJson.Default.KeyAnswer);
    }

    private static async Task<IResult> ListAsync(ITenantStore tenants, StoredLimits limits, CancellationToken cancellationToken)
    {
        var names = (await tenants.ListTenantsAsync(cancellationToken)).ToDictionary(t => t.Id, t => t.Name);
        var known = await limits.ReadAsync(cancellationToken);
        var keys = await tenants.ListKeysAsync(cancellationToken);
        var answers = keys.Select(k => KeyAnswer.Of(k, k.TenantId is { } id ? names.GetValueOrDefault(id) : null, known.Of(k)));
        return Results.Json(new ListAnswer<KeyAnswer>("list", [.. answers], HasMore: false), ApiJson.Default.ListAnswerKeyAnswer);
    }

    private static async Task<IResult> GetAsync(
        string id,
        ITenantStore tenants,
        StoredLimits limits,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(id, tenants, cancellationToken) is { } key
            ? await AnswerAsync(key, tenants, (await limits.ReadAsync(cancellationToken)).Of(key), cancellationToken)
            : new ErrorResult(ApiError.KeyNotFound(id));

    private static async Task<IResult> ChangeAsync(HttpContext context, string id, ITenantStore tenants, StoredLimits limits)
    {
        var (change, error) = await AdminBody.ReadAsync(context, ApiJson.Default.KeyChange);
        if (error is not null)
        {
            return new ErrorResult(error);
        }

        if (await FindAsync(id, tenants, context.RequestAborted) is not { } key)
        {
            return new ErrorResult(ApiError.KeyNotFound(id));
        }

        var current = (await limits.ReadAsync(context.RequestAborted)).Of(key);
        (var wanted, error) = LimitsReader.Read(current, change!.Limits);
        if (key.TenantId is not { } tenantId)
        {
            error ??= wanted == TenantLimits.None ? null : ApiError.Invalid("limits", "an admin key has none.");
        }
        else if (error is null)
        {
            await limits.ChangeAsync(tenantId, key.Id, current, wanted, context.RequestAborted);
        }

        return error is not null ? new ErrorResult(error) : await AnswerAsync(key, tenants, wanted, context.RequestAborted);
    }

    private static async Task<ApiKey?> FindAsync(string id, ITenantStore tenants, CancellationToken cancellationToken) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var keyId)
            ? (await tenants.ListKeysAsync(cancellationToken)).FirstOrDefault(k => k.Id == keyId)
            : null;

    private static async Task<IResult> AnswerAsync(
        ApiKey key,
        ITenantStore tenants,
        TenantLimits limits,
        CancellationToken cancellationToken
    )
    {
        var tenant = key.TenantId is null
            ? null
            : (await tenants.ListTenantsAsync(cancellationToken)).FirstOrDefault(t => t.Id == key.TenantId);
        return Results.Json(KeyAnswer.Of(key, tenant?.Name, limits), ApiJson.Default.KeyAnswer);
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        ITenantStore tenants,
        KeyCache cache,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (
            !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var keyId)
            || !await tenants.DisableKeyAsync(keyId, time.GetUtcNow(), cancellationToken)
        )
        {
            return new ErrorResult(ApiError.KeyNotFound(id));
        }

        cache.Forget();
        return Results.Json(new DeletedAnswer(id, "api_key", Deleted: true), ApiJson.Default.DeletedAnswer);
    }

    private static ApiError? Check(KeyRequest request)
    {
        if (string.IsNullOrEmpty(request.Tenant))
        {
            return ApiError.Missing("tenant");
        }

        if (request.Tenant.Contains('\0'))
        {
            return ApiError.TenantNotFound("");
        }

        if (request.Name is { } name && (name.Length is 0 or > MaxName || name.Any(char.IsControl)))
        {
            return ApiError.Invalid("name", $"expected 1 to {MaxName} printable characters.");
        }

        return request.ExpiresIn is < 1 or > MaxExpirySeconds
            ? ApiError.Invalid("expires_in", $"expected seconds from 1 to {MaxExpirySeconds}.")
            : null;
    }
}
