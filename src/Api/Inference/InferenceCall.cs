using InferenceBroker.Api.Auth;
using InferenceBroker.Api.Errors;
using InferenceBroker.Api.Jobs;
using InferenceBroker.Api.Relay;
using InferenceBroker.Api.Submission;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Api.Inference;

/// <summary>A synchronous call through the queue: makes a job, waits for it and answers as the provider did.</summary>
internal sealed class InferenceCall(
    JobFactory factory,
    JobSubmitter submitter,
    AsyncSubmission asyncSubmission,
    JobListeners listeners,
    JobWaiter waiter,
    JobEventReaders readers,
    JobCanceller canceller,
    AttemptModels models,
    TimeProvider time,
    IOptions<ApiOptions> options
)
{
    public async Task<IResult> AnswerAsync(HttpContext context, Caller caller, Operation operation)
    {
        var (received, tooLarge) = await RequestBody.ReadAsync(context, options.Value.MaxBodyBytes);
        if (tooLarge is not null)
        {
            return new ErrorResult(tooLarge);
        }

        var preferences = Preferences.Of(context.Request, options.Value.MaxWaitSeconds);
        var priority = preferences.RespondAsync ? Lanes.DefaultPriority : Lanes.SynchronousPriority;
        NewJob? job = null;
        var error = JobRequestReader.ReadInference(received, operation, out var request);
        error ??= factory.Create(request, received, caller, context.Request.Headers, priority, out job);
        if (error is not null)
        {
            return new ErrorResult(error);
        }

        return preferences.RespondAsync
            ? await asyncSubmission.AnswerAsync(context, caller, job!, received)
            : await WaitAsync(context, caller, job!, received, request.Body!.WantsUsageChunk, preferences.Wait);
    }

    private async Task<IResult> WaitAsync(HttpContext context, Caller caller, NewJob job, byte[] received, bool wantsUsage, TimeSpan? wait)
    {
        if (Idempotency.Read(context.Request, received, out var key) is { } wrongKey)
        {
            return new ErrorResult(wrongKey);
        }

        // Whoever sends a key means to come back for the answer, so its job outlives the connection.
        var cancelOnDisconnect = key is null;
        var what = job.Streaming ? ListenFor.Log : ListenFor.End;
        var listener = listeners.Listen(job.Id, what);

        // A wait that is given up tells nothing about the row: it may still be stored, too late to be cancelled. So it is waited for.
        var storing = cancelOnDisconnect ? CancellationToken.None : context.RequestAborted;
        try
        {
            var (submission, error) = await submitter.SubmitAsync(job, key, caller, storing);
            if (submission is null)
            {
                return new ErrorResult(error!);
            }

            context.RequestAborted.ThrowIfCancellationRequested();
            var id = submission.Details.Job.Id;
            if (!submission.IsNew)
            {
                listener.Dispose();
                listener = listeners.Listen(id, what);
            }

            context.Response.Headers["x-broker-job-id"] = id.ToString();
            return job.Streaming
                ? await StreamAsync(context, caller, submission, listener, wantsUsage, cancelOnDisconnect)
                : await AnswerPlainAsync(context, submission, listener, wait);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested && cancelOnDisconnect)
        {
            await canceller.CancelAbandonedAsync(caller.TenantId, job.Id);
            throw;
        }
        finally
        {
            listener.Dispose();
        }
    }

    private async Task<IResult> AnswerPlainAsync(HttpContext context, StoredSubmission submission, JobListener listener, TimeSpan? wait)
    {
        var id = submission.Details.Job.Id;
        var details = await waiter.WaitAsync(listener, id, wait, lookFirst: !submission.IsNew, context.RequestAborted);
        if (details is not null && details.Job.State.IsTerminal())
        {
            return PlainAnswer.Of(details);
        }

        if (wait is null)
        {
            return new ErrorResult(ApiError.JobNotFound(id.ToString()));
        }

        context.Response.Headers.Location = $"/v1/jobs/{id}";
        context.Response.Headers["Preference-Applied"] = $"wait={(int)wait.Value.TotalSeconds}";
        var view = new JobView(details is null ? submission.Details : models.Named(details));
        return new JsonBytesResult(StatusCodes.Status202Accepted, JobJson.Write(view, time.GetUtcNow()));
    }

    private async Task<IResult> StreamAsync(
        HttpContext context,
        Caller caller,
        StoredSubmission submission,
        JobListener listener,
        bool wantsUsage,
        bool cancelAtCutOff
    )
    {
        var id = submission.Details.Job.Id;
        using var reader = readers.Open(listener, caller.TenantId, id, afterSequence: 0);
        if (!submission.IsNew)
        {
            await reader.LoadAsync(context.RequestAborted);
        }

        var answer = new StreamedAnswer(context, reader, wantsUsage, TimeSpan.FromSeconds(options.Value.PingSeconds));
        var result = await answer.SendAsync(context.RequestAborted);
        if (answer.JobGoesOn && cancelAtCutOff)
        {
            await canceller.CancelAbandonedAsync(caller.TenantId, id);
        }

        return result;
    }
}
