using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using InferenceBroker.Api.Auth;
using InferenceBroker.Api.Errors;
using InferenceBroker.Api.Jobs;
using InferenceBroker.Api.Relay;
using InferenceBroker.Api.Submission;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Api.Hubs;

/// <summary>Jobs over SignalR. Every call asks anew who makes it: a connection may outlive its key.</summary>
internal sealed class JobsHub(
    CallerResolver callers,
    JobFactory factory,
    JobSubmitter submitter,
    JobCanceller canceller,
    JobReader jobs,
    JobEventReaders readers,
    TimeProvider time,
    IOptions<ApiOptions> options
) : Hub
{
    /// <summary>The events of a job after a sequence number (0: all), up to its end.</summary>
    public async IAsyncEnumerable<object?> StreamJob(
        string jobId,
        int afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (caller, id) = await ReadingAsync(jobId);
        using var reader =
            await readers.OpenAsync(caller.TenantId, id, Math.Max(0, afterSequence), cancellationToken)
            ?? throw Fault(ApiError.JobNotFound(jobId));
        var limit = TimeSpan.FromSeconds(options.Value.PingSeconds);
        var buffer = new ArrayBufferWriter<byte>(512);
        do
        {
            foreach (var happened in await reader.ReadAsync(limit, cancellationToken))
            {
                buffer.ResetWrittenCount();
                LogEventJson.Write(buffer, happened);
                yield return PlainObject.Read(buffer.WrittenSpan);
            }
        } while (!reader.Ended);
    }

    /// <summary>Takes the same request as <c>POST /v1/jobs</c> and returns the job.</summary>
    public async Task<object?> Submit(object? jobRequest)
    {
        var caller = await CallerAsync();
        if (caller.OnlyJob is not null)
        {
            throw Fault(ApiError.TokenOutOfScope);
        }

        var received = ToJson(jobRequest);
        NewJob? job = null;
        var error = JobRequestReader.ReadJob(received, out var request);
        error ??= factory.Create(request, received, caller, Context.GetHttpContext()?.Request.Headers, Lanes.DefaultPriority, out job);
        if (error is not null)
        {
            throw Fault(error);
        }

        var (submission, refused) = await submitter.SubmitAsync(job!, key: null, caller, Context.ConnectionAborted);
        return submission is null ? throw Fault(refused!) : ToPlain(new JobView(submission.Details));
    }

    public async Task<object?> GetJob(string id)
    {
        var (caller, jobId) = await ReadingAsync(id);
        return await jobs.FindAsync(caller.TenantId, jobId, Context.ConnectionAborted) is { } view
            ? ToPlain(view)
            : throw Fault(ApiError.JobNotFound(id));
    }

    public async Task<object?> Cancel(string id)
    {
        var (caller, jobId) = await ReadingAsync(id);
        if (caller.OnlyJob is not null)
        {
            throw Fault(ApiError.TokenOutOfScope);
        }

        await canceller.CancelAsync(caller.TenantId, jobId, Context.ConnectionAborted);
        return await GetJob(id);
    }

    private static HubException Fault(ApiError error) => new($"{error.Code}: {error.Message}");

    private static byte[] ToJson(object? jobRequest)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, JsonOutput.Options);
        PlainObject.Write(json, jobRequest);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private object? ToPlain(JobView view) => PlainObject.Read(JobJson.Write(view, time.GetUtcNow()).Span);

    private async Task<(Caller Caller, JobId Id)> ReadingAsync(string jobId)
    {
        var caller = await CallerAsync();
        if (!JobId.TryParse(jobId, out var id))
        {
            throw Fault(ApiError.JobNotFound(jobId));
        }

        return caller.MayRead(id) ? (caller, id) : throw Fault(ApiError.TokenOutOfScope);
    }

    private async Task<Caller> CallerAsync()
    {
        var request = Context.GetHttpContext()!.Request;
        var (caller, error) = await callers.ResolveAsync(request, Context.ConnectionAborted);
        return caller is { TenantId: not 0 } ? caller : throw Fault(error ?? ApiError.TenantKeyRequired);
    }
}
