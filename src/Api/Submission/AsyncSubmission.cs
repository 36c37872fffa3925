using InferenceBroker.Api.Auth;
using InferenceBroker.Api.Errors;
using InferenceBroker.Api.Jobs;
using InferenceBroker.Api.Relay;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Api.Submission;

/// <summary>Answers a submit with the job object: 202, or 200 where it has ended within the time that the client prefers to wait.</summary>
internal sealed class AsyncSubmission(
    JobSubmitter submitter,
    JobListeners listeners,
    JobWaiter waiter,
    TimeProvider time,
    IOptions<ApiOptions> options
)
{
    public async Task<IResult> AnswerAsync(HttpContext context, Caller caller, NewJob job, byte[] received)
    {
        if (Idempotency.Read(context.Request, received, out var key) is { } wrongKey)
        {
            return new ErrorResult(wrongKey);
        }

        var (submission, error) = await submitter.SubmitAsync(job, key, caller, context.RequestAborted);
        if (submission is null)
        {
            return new ErrorResult(error!);
        }

        var details = submission.Details;
        if (Preferences.Of(context.Request, options.Value.MaxWaitSeconds).Wait is { } wait && !details.Job.State.IsTerminal())
        {
            // A job that ended before this listener was there is found by the waiter's first look.
            using var listener = listeners.Listen(details.Job.Id, ListenFor.End);
            details = await waiter.WaitAsync(listener, details.Job.Id, wait, lookFirst: true, context.RequestAborted) ?? details;
            context.Response.Headers["Preference-Applied"] = $"wait={(int)wait.TotalSeconds}";
        }

        context.Response.Headers.Location = $"/v1/jobs/{details.Job.Id}";
        var status = details.Job.State.IsTerminal() ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
        return new JsonBytesResult(status, JobJson.Write(new JobView(details), time.GetUtcNow()));
    }
}
