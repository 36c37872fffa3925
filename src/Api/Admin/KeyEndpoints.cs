using System.Globalization;
using InferenceBroker.Api.Auth;
using InferenceBroker.Api.Errors;
using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Api.Admin;

/// <summary>Making, listing and deleting API keys.</summary>
internal static class KeyEndpoints
{
    private const int MaxName = 64;
    private const long MaxExpirySeconds = 10L * 366 * 24 * 3600;

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/admin/keys", CreateAsync);
        routes.MapGet("/admin/keys", ListAsync);
        routes.MapDelete("/admin/keys/{id}", DeleteAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ITenantStore tenants, KeyCache cache, TimeProvider time)
    {
        var (request, error) = await AdminBody.ReadAsync(context, ApiJson.Default.KeyRequest);
        error ??= Check(request!);
        if (error is not null)
        {
            return new ErrorResult(error);
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
        cache.Forget();
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(KeyAnswer.Of(stored, tenant.Name, secret), ApiJson.Default.KeyAnswer);
    }

    private static async Task<IResult> ListAsync(ITenantStore tenants, CancellationToken cancellationToken)
    {
        var names = (await tenants.ListTenantsAsync(cancellationToken)).ToDictionary(t => t.Id, t => t.Name);
        var keys = await tenants.ListKeysAsync(cancellationToken);
        var answers = keys.Select(k => KeyAnswer.Of(k, k.TenantId is { } id ? names.GetValueOrDefault(id) : null));
        return Results.Json(new ListAnswer<KeyAnswer>("list", [.. answers], HasMore: false), ApiJson.Default.ListAnswerKeyAnswer);
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
