using InferenceBroker.Api.Errors;
using InferenceBroker.Persistence.Tenants;

namespace InferenceBroker.Api.Admin;

/// <summary>Making and listing tenants.</summary>
internal static class TenantEndpoints
{
    private const int MaxName = 64;
    private const int MaxWeight = 1_000_000;

    public static void MapTenants(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/admin/tenants", CreateAsync);
        routes.MapGet("/admin/tenants", ListAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ITenantStore tenants, TimeProvider time)
    {
        var (request, error) = await AdminBody.ReadAsync(context, ApiJson.Default.TenantRequest);
        error ??= Check(request!);
        if (error is not null)
        {
            return new ErrorResult(error);
        }

        var name = request!.Name!;
        return await tenants.CreateTenantAsync(name, request.Weight ?? 1, time.GetUtcNow(), context.RequestAborted) is { } tenant
            ? Results.Json(TenantAnswer.Of(tenant), ApiJson.Default.TenantAnswer)
            : new ErrorResult(ApiError.TenantExists(name));
    }

    private static async Task<IResult> ListAsync(ITenantStore tenants, CancellationToken cancellationToken)
    {
        var all = await tenants.ListTenantsAsync(cancellationToken);
        return Results.Json(
            new ListAnswer<TenantAnswer>("list", [.. all.Select(TenantAnswer.Of)], HasMore: false),
            ApiJson.Default.ListAnswerTenantAnswer
        );
    }

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

        return request.Weight is < 1 or > MaxWeight ? ApiError.Invalid("weight", $"expected an integer from 1 to {MaxWeight}.") : null;
    }
}
