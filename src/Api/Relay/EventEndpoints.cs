using System.Globalization;
using InferenceBroker.Api.Auth;
using InferenceBroker.Api.Errors;
using InferenceBroker.Domain.Jobs;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Api.Relay;

/// <summary><c>GET /v1/jobs/{id}/events</c>: the job's log as server-sent events.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/jobs/{id}/events", ReadAsync);

    private static async Task<IResult> ReadAsync(
        string id,
        HttpContext context,
        Caller caller,
        JobEventReaders readers,
        IHostApplicationLifetime lifetime,
        IOptions<ApiOptions> options
    )
    {
        if (ReadCursor(context.Request, out var afterSequence) is { } error)
        {
            return new ErrorResult(error);
        }

        // At shutdown the stream is cut at once: its reader comes back to another node and goes on where it was.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var reader = JobId.TryParse(id, out var jobId)
            ? await readers.OpenAsync(caller.TenantId, jobId, afterSequence, stop.Token)
            : null;
        if (reader is null)
        {
            return new ErrorResult(ApiError.JobNotFound(id));
        }

        try
        {
            await SendAsync(new EventStream(context), reader, TimeSpan.FromSeconds(options.Value.PingSeconds), stop.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            context.Abort();
        }

        return Results.Empty;
    }

    private static async Task SendAsync(EventStream stream, JobEventReader reader, TimeSpan ping, CancellationToken cancellationToken)
    {
        await stream.StartAsync(cancellationToken);
        do
        {
            var events = await reader.ReadAsync(ping, cancellationToken);
            foreach (var happened in events)
            {
                await stream.WriteAsync(happened, cancellationToken);
            }

            if (events.Count == 0 && !reader.Ended)
            {
                stream.WritePing();
            }

            await stream.FlushAsync(cancellationToken);
        } while (!reader.Ended);

        stream.WriteDone();
        await stream.FlushAsync(cancellationToken);
    }

    private static ApiError? ReadCursor(HttpRequest request, out int afterSequence)
    {
        var header = request.Headers["Last-Event-ID"].ToString();
        var (name, text) = header.Length > 0 ? ("Last-Event-ID", header) : ("after_sequence", request.Query["after_sequence"].ToString());
        afterSequence = 0;
        return text.Length == 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out afterSequence)
            ? null
            : ApiError.Invalid(name, "expected a sequence number.");
    }
}
