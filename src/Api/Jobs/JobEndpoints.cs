using System.Globalization;
using InferenceBroker.Api.Auth;
using InferenceBroker.Api.Errors;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Api.Jobs;

/// <summary>Reading, listing, cancelling and removing jobs.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/v1/jobs");
        jobs.MapGet("", ListAsync);
        jobs.MapGet("/{id}", GetAsync);
        jobs.MapPost("/{id}/cancel", CancelAsync);
        jobs.MapPost("/{id}/token", CreateTokenAsync);
        jobs.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, Caller caller, IJobStore store, TimeProvider time)
    {
        if (JobListQuery.Read(context.Request.Query, caller.TenantId, out var filter) is { } error)
        {
            return new ErrorResult(error);
        }

        var jobs = await store.ListAsync(filter!, context.RequestAborted);
        return new JsonBytesResult(StatusCodes.Status200OK, JobListJson.Write(jobs, filter!.Limit - 1, time.GetUtcNow()));
    }

    private static async Task<IResult> GetAsync(
        string id,
        string? wait,
        Caller caller,
        JobReader jobs,
        TimeProvider time,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken
    )
    {
        var seconds = 0;
        if (wait is not null && !TryReadWait(wait, options.Value.MaxWaitSeconds, out seconds))
        {
            return new ErrorResult(ApiError.Invalid("wait", $"expected seconds from 1 to {options.Value.MaxWaitSeconds}."));
        }

        if (!JobId.TryParse(id, out var jobId))
        {
            return NotFound(id);
        }

        var view =
            seconds == 0
                ? await jobs.FindAsync(caller.TenantId, jobId, cancellationToken)
                : await jobs.FindAsync(caller.TenantId, jobId, TimeSpan.FromSeconds(seconds), cancellationToken);
        return view is { } found ? Ok(found, time) : NotFound(id);
    }

    private static async Task<IResult> CancelAsync(
        string id,
        Caller caller,
        JobCanceller canceller,
        JobReader jobs,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (!JobId.TryParse(id, out var jobId) || !await canceller.CancelAsync(caller.TenantId, jobId, cancellationToken))
        {
            return NotFound(id);
        }

        return await jobs.FindAsync(caller.TenantId, jobId, cancellationToken) is { } view ? Ok(view, time) : NotFound(id);
    }

    private static async Task<IResult> CreateTokenAsync(
        string id,
        Caller caller,
        IJobStore store,
        JobTokens tokens,
        CancellationToken cancellationToken
    )
    {
        if (!JobId.TryParse(id, out var jobId) || await store.FindAsync(caller.TenantId, jobId, cancellationToken) is null)
        {
            return NotFound(id);
        }

        var (token, expiresAt) = tokens.Create(caller, jobId);
        return Results.Json(
            new JobTokenAnswer("job.token", jobId.ToString(), token, expiresAt.ToUnixTimeSeconds()),
            ApiJson.Default.JobTokenAnswer
        );
    }

    private static async Task<IResult> DeleteAsync(string id, Caller caller, IJobStore store, CancellationToken cancellationToken)
    {
        if (!JobId.TryParse(id, out var jobId))
        {
            return NotFound(id);
        }

        if (await store.DeleteAsync(caller.TenantId, jobId, cancellationToken))
        {
            return Results.Json(new DeletedAnswer(jobId.ToString(), "job", Deleted: true), ApiJson.Default.DeletedAnswer);
        }

        var exists = await store.FindAsync(caller.TenantId, jobId, cancellationToken) is not null;
        return exists ? new ErrorResult(ApiError.JobNotFinished(id)) : NotFound(id);
    }

    private static bool TryReadWait(string text, int max, out int seconds) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds >= 1 && seconds <= max;

    private static JsonBytesResult Ok(JobView view, TimeProvider time) =>
        new(StatusCodes.Status200OK, JobJson.Write(view, time.GetUtcNow()));

    private static ErrorResult NotFound(string id) => new(ApiError.JobNotFound(id));
}
