using InferenceBroker.Api.Errors;
using InferenceBroker.Api.Jobs;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Inference;

/// <summary>A finished job as the answer to the call that made it: the provider's status and body as they are, or an error.</summary>
internal static class PlainAnswer
{
    public static IResult Of(JobDetails details) =>
        details is { Job.State: JobState.Completed, Result: { } result }
            ? new JsonBytesResult(result.StatusCode, result.Body)
            : new ErrorResult(JobFailures.AnswerOf(details));
}
