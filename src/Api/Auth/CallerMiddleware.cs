using InferenceBroker.Api.Errors;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Api.Auth;

/// <summary>Lets only known callers into <c>/v1</c>, <c>/hubs</c> and (with an admin key) <c>/admin</c>; everything else is open.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, CallerResolver resolver)
{
    public Task InvokeAsync(HttpContext context)
    {
        // Routing ignores case, so this has to.
        var path = context.Request.Path;
        if (path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase))
        {
            return CheckAsync(context, static (caller, _) => caller.IsAdmin ? null : ApiError.AdminKeyRequired);
        }

        if (path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase))
        {
            return CheckAsync(context, MayUseApi);
        }

        return path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
            ? CheckAsync(context, static (caller, _) => caller.TenantId == 0 ? ApiError.TenantKeyRequired : null)
            : next(context);
    }

    private async Task CheckAsync(HttpContext context, Func<Caller, HttpRequest, ApiError?> check)
    {
        var (caller, error) = await resolver.ResolveAsync(context.Request, context.RequestAborted);
        if (caller is null || (error = check(caller, context.Request)) is not null)
        {
            await new ErrorResult(error!).ExecuteAsync(context);
            return;
        }

        context.Features.Set(caller);
        await next(context);
    }

    private static ApiError? MayUseApi(Caller caller, HttpRequest request)
    {
        if (caller.TenantId == 0)
        {
            return ApiError.TenantKeyRequired;
        }

        return caller.OnlyJob is { } id && !Reads(request, id) ? ApiError.TokenOutOfScope : null;
    }

    private static bool Reads(HttpRequest request, JobId id) =>
        HttpMethods.IsGet(request.Method) && (request.Path == $"/v1/jobs/{id}" || request.Path == $"/v1/jobs/{id}/events");
}
