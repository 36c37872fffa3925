using InferenceBroker.Api.Errors;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Api.Admin;

/// <summary>Making, listing and changing tenants.</summary>
internal static class TenantEndpoints
{
    private const int MaxName = 64;
    private const int MaxWeight = 1_000_000;

    public static void MapTenants(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/admin/tenants", CreateAsync);
        routes.MapGet("/admin/tenants", ListAsync);
        routes.MapGet("/admin/tenants/{tenant}", GetAsync);
        routes.MapPatch("/admin/tenants/{tenant}", ChangeAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ITenantStore tenants, StoredLimits limits, TimeProvider time)
    {
        var (request, error) = await AdminBody.ReadAsync(context, ApiJson.Default.TenantRequest);
        error ??= Check(request!);
        var (wanted, limitsError) = error is null ? LimitsReader.Read(TenantLimits.None, request!.Limits) : (TenantLimits.None, error);
        if (limitsError is not null)
        {
            return new ErrorResult(limitsError);
        }

        var name = request!.Name!;
        if (await tenants.CreateTenantAsync(name, request.Weight ?? 1, time.GetUtcNow(), context.RequestAborted) is not { } tenant)
        {
            return new ErrorResult(ApiError.TenantExists(name));
        }

        await limits.ChangeAsync(tenant.Id, null, TenantLimits.None, wanted, context.RequestAborted);
        return Answer(tenant, wanted);
    }

    private static async Task<IResult> ListAsync(ITenantStore tenants, StoredLimits limits, CancellationToken cancellationToken)
    {
        var all = await tenants.ListTenantsAsync(cancellationToken);
        var known = await limits.ReadAsync(cancellationToken);
        return Results.Json(
            new ListAnswer<TenantAnswer>("list", [.. all.Select(t => TenantAnswer.Of(t, known.Of(t)))], HasMore: false),
            ApiJson.Default.ListAnswerTenantAnswer
        );
    }

    private static async Task<IResult> GetAsync(
        string tenant,
        ITenantStore tenants,
        StoredLimits limits,
        CancellationToken cancellationToken
    ) =>
        await TenantLookup.FindAsync(tenants, tenant, cancellationToken) is { } found
            ? Answer(found, (await limits.ReadAsync(cancellationToken)).Of(found))
            : new ErrorResult(ApiError.TenantNotFound(tenant));

    private static async Task<IResult> ChangeAsync(HttpContext context, string tenant, ITenantStore tenants, StoredLimits limits)
    {
        var (change, error) = await AdminBody.ReadAsync(context, ApiJson.Default.TenantChange);
        error ??= CheckWeight(change!.Weight);
        if (error is not null)
        {
            return new ErrorResult(error);
        }

        if (await TenantLookup.FindAsync(tenants, tenant, context.RequestAborted) is not { } found)
        {
            return new ErrorResult(ApiError.TenantNotFound(tenant));
        }

        var current = (await limits.ReadAsync(context.RequestAborted)).Of(found);
        (var wanted, error) = LimitsReader.Read(current, change!.Limits);
        if (error is not null)
        {
            return new ErrorResult(error);
        }

        await limits.ChangeAsync(found.Id, null, current, wanted, context.RequestAborted);
        var weight = change.Weight ?? found.Weight;
        if (weight != found.Weight)
        {
            await tenants.SetWeightAsync(found.Id, weight, context.RequestAborted);
        }

        return Answer(found with { Weight = weight }, wanted);
    }

    private static IResult Answer(Tenant tenant, TenantLimits limits) =>
        Results.Json(TenantAnswer.Of(tenant, limits), ApiJson.Default.TenantAnswer);

    private static ApiError? Check(TenantRequest request)
    {
        if (string.IsNullOrEmpty(request.Name))
        {
            return ApiError.Missing("name");
        }

        if (request.Name.Length > MaxName || request.Name.Any(char.IsControl))
        {
            return ApiError.Invalid("name", $"expected 1 to {MaxName} printable characters.");
        }

        return CheckWeight(request.Weight);
    }

    private static ApiError? CheckWeight(int? weight) =>
        weight is < 1 or > MaxWeight
            ? ApiError.Invalid("weight", $"{weight} is not allowed: expected an integer from 1 to {MaxWeight}.")
            : null;
}
