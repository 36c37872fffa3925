using InferenceBroker.Api.Auth;
using InferenceBroker.Api.Errors;
using InferenceBroker.Persistence.Jobs;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Api.Submission;

/// <summary><c>POST /v1/jobs</c>: stores the job and answers at once.</summary>
internal static class SubmissionEndpoints
{
    public static void MapSubmission(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/jobs", SubmitAsync);

    private static async Task<IResult> SubmitAsync(
        HttpContext context,
        Caller caller,
        JobFactory factory,
        AsyncSubmission submission,
        IOptions<ApiOptions> options
    )
    {
        var (received, tooLarge) = await RequestBody.ReadAsync(context, options.Value.MaxBodyBytes);
        if (tooLarge is not null)
        {
            return new ErrorResult(tooLarge);
        }

        var error = JobRequestReader.ReadJob(received, out var request);
        NewJob? job = null;
        error ??= factory.Create(request, received, caller, context.Request.Headers, Lanes.DefaultPriority, out job);
        return error is null ? await submission.AnswerAsync(context, caller, job!, received) : new ErrorResult(error);
    }
}
