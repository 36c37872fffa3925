using InferenceBroker.Api.Auth;
using InferenceBroker.Api.Errors;
using InferenceBroker.Api.Jobs;
using InferenceBroker.Api.Submission;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Tenants;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Api.Explain;

/// <summary>Why a job went or waits where it does, and where a request would go.</summary>
internal static class ExplainEndpoints
{
    public static void MapExplain(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/jobs/{id}/explain", ExplainJobAsync);
        routes.MapPost("/admin/explain", ExplainRequestAsync);
    }

    private static async Task<IResult> ExplainJobAsync(
        string id,
        Caller caller,
        IJobStore store,
        AttemptModels models,
        LeaderQuestions leader,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (!JobId.TryParse(id, out var jobId) || await store.FindAsync(caller.TenantId, jobId, cancellationToken) is not { } details)
        {
            return new ErrorResult(ApiError.JobNotFound(id));
        }

        return await leader.ExplainAsync(details.Job, cancellationToken) is { } placement
            ? new JsonBytesResult(StatusCodes.Status200OK, ExplainJson.Write(models.Named(details), placement, time.GetUtcNow()))
            : new ErrorResult(ApiError.NoLeader);
    }

    private static async Task<IResult> ExplainRequestAsync(
        HttpContext context,
        JobFactory factory,
        ITenantStore tenants,
        LeaderQuestions leader,
        IOptions<ApiOptions> options
    )
    {
        var (received, tooLarge) = await RequestBody.ReadAsync(context, options.Value.MaxBodyBytes);
        if (tooLarge is not null)
        {
            return new ErrorResult(tooLarge);
        }

        if (DryRunBody.Read(received, out var body, out var tenantName) is { } wrong)
        {
            return new ErrorResult(wrong);
        }

        var all = await tenants.ListTenantsAsync(context.RequestAborted);
        if (all.FirstOrDefault(t => t.Name == tenantName) is not { } tenant)
        {
            return new ErrorResult(ApiError.TenantNotFound(tenantName));
        }

        var error = JobRequestReader.ReadJob(body, out var request);
        NewJob? job = null;
        error ??= factory.Create(
            request,
            body,
            new Caller(tenant.Id, 0, IsAdmin: false) { TenantName = tenant.Name },
            context.Request.Headers,
            Lanes.DefaultPriority,
            out job
        );
        if (error is not null)
        {
            return new ErrorResult(error);
        }

        return await leader.ExplainAsync(job!, context.RequestAborted) is { } placement
            ? new JsonBytesResult(StatusCodes.Status200OK, ExplainJson.Write(job!, tenant.Name, placement))
            : new ErrorResult(ApiError.NoLeader);
    }
}
