using InferenceBroker.Api.Errors;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Jobs;

/// <summary>What a job that ended without an answer says to its owner, and with which HTTP status to a caller who waits for it.</summary>
internal static class JobFailures
{
    private static readonly JobFailure Unknown = new("job_failed", "The job failed.", "upstream_error", null);
    private static readonly JobFailure Expired = new(
        "job_expired",
        "The job's deadline passed before it could be answered.",
        "server_error",
        null
    );
    private static readonly JobFailure Cancelled = new("job_cancelled", "The job was cancelled.", "invalid_request_error", null);

    /// <summary>The error of the job object. Cancelling is what its owner wanted, so it is none.</summary>
    public static JobFailure? Of(StoredJob job) =>
        job.State switch
        {
            JobState.Failed => job.Error ?? Unknown,
            JobState.Expired => job.Error ?? Expired,
            _ => null,
        };

    /// <summary>The error for a caller who waits; the job has ended without an answer.</summary>
    public static ApiError AnswerOf(JobDetails details)
    {
        var failure = Of(details.Job) ?? details.Job.Error ?? Cancelled;
        return ApiError.JobEnded(StatusOf(details), failure.Code, failure.Type, failure.Message, failure.Param);
    }

    private static int StatusOf(JobDetails details) =>
        details switch
        {
            { Job.State: JobState.Cancelled } => StatusCodes.Status499ClientClosedRequest,
            { Result.StatusCode: >= 400 and <= 599 and var status } => status,
            { Job.State: JobState.Expired } => StatusCodes.Status504GatewayTimeout,
            _ => StatusOf(details.Attempts.Count == 0 ? FailureClass.Unknown : details.Attempts[^1].Failure),
        };

    /// <summary>The provider's trouble with its own account never looks like the caller's: no 401, 402 or 403.</summary>
    private static int StatusOf(FailureClass failure) =>
        failure switch
        {
            FailureClass.ContextTooLong or FailureClass.ContentFiltered or FailureClass.CallerFault => StatusCodes.Status400BadRequest,
            FailureClass.RateLimited => StatusCodes.Status429TooManyRequests,
            FailureClass.Quota or FailureClass.ModelUnavailable => StatusCodes.Status503ServiceUnavailable,
            FailureClass.Timeout => StatusCodes.Status504GatewayTimeout,
            _ => StatusCodes.Status502BadGateway,
        };
}
