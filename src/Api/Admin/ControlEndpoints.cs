using InferenceBroker.Api.Errors;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Placement;

namespace InferenceBroker.Api.Admin;

/// <summary>Pausing, draining and unparking providers, keys and single endpoints.</summary>
internal static class ControlEndpoints
{
    private const int MaxReason = 500;
    private static readonly ControlRequest NoBody = new(null, null);

    public static void MapControls(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/controls", ListAsync);
        routes.MapPost("/admin/providers/{provider}/{verb}", ControlProviderAsync);
        routes.MapPost("/admin/providers/{provider}/keys/{key}/{verb}", ControlKeyAsync);
        // The model's name may hold slashes, so the action cannot follow it.
        routes.MapPost("/admin/endpoints/{provider}/{key}/{**model}", ControlEndpointAsync);
    }

    private static async Task<IResult> ListAsync(IPlacementStore placement, CancellationToken cancellationToken)
    {
        var controls = await placement.ReadControlsAsync(cancellationToken);
        return Results.Json(
            new ListAnswer<ControlAnswer>("list", [.. controls.Select(ControlAnswer.Of)], HasMore: false),
            ApiJson.Default.ListAnswerControlAnswer
        );
    }

    private static Task<IResult> ControlProviderAsync(
        HttpContext context,
        string provider,
        string verb,
        ICatalogSource catalogs,
        OperatorControls controls
    ) => SetAsync(context, ControlTargets.Find(catalogs.Current, provider), verb, ControlActions.OfProviders, controls);

    private static Task<IResult> ControlKeyAsync(
        HttpContext context,
        string provider,
        string key,
        string verb,
        ICatalogSource catalogs,
        OperatorControls controls
    ) => SetAsync(context, ControlTargets.Find(catalogs.Current, provider, key), verb, ControlActions.OfKeys, controls);

    private static Task<IResult> ControlEndpointAsync(
        HttpContext context,
        string provider,
        string key,
        string? model,
        ICatalogSource catalogs,
        OperatorControls controls
    )
    {
        // Routing leaves this one escape as it is; clients that escape the whole name send it.
        var name = (model ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return SetAsync(context, ControlTargets.Find(catalogs.Current, provider, key, name), null, ControlActions.OfKeys, controls);
    }

    /// <param name="verb">Null: the body names the action.</param>
    private static async Task<IResult> SetAsync(
        HttpContext context,
        (string? Target, ApiError? Error) found,
        string? verb,
        IReadOnlyList<string> allowed,
        OperatorControls controls
    )
    {
        if (found.Error is not null)
        {
            return new ErrorResult(found.Error);
        }

        var (request, error) = await AdminBody.ReadAsync(context, ApiJson.Default.ControlRequest, NoBody);
        error ??= Check(request!, verb, allowed);
        if (error is not null)
        {
            return new ErrorResult(error);
        }

        var control = await controls.SetAsync(found.Target!, verb ?? request!.Action!, request!.Reason, context.RequestAborted);
        return Results.Json(ControlAnswer.Of(control), ApiJson.Default.ControlAnswer);
    }

    private static ApiError? Check(ControlRequest request, string? verb, IReadOnlyList<string> allowed)
    {
        if ((verb ?? request.Action) is not { } action)
        {
            return ApiError.Missing("action");
        }

        if (!allowed.Contains(action))
        {
            return ApiError.Invalid("action", $"'{ApiError.Short(action)}' is not allowed: expected {string.Join(", ", allowed)}.");
        }

        if (verb is not null && request.Action is not null)
        {
            return ApiError.Unknown("action");
        }

        return request.Reason?.Length > MaxReason
            ? ApiError.Invalid("reason", $"it has {request.Reason.Length} characters: expected at most {MaxReason}.")
            : null;
    }
}
