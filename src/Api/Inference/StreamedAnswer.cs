using InferenceBroker.Api.Errors;
using InferenceBroker.Api.Jobs;
using InferenceBroker.Api.Relay;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Inference;

/// <summary>
/// A job's log as OpenAI's stream. Headers wait for the first chunk, so that a job that fails before it has a proper status. An attempt that
/// fails after its first chunk ends the stream with an error: what the client has shown cannot be taken back.
/// </summary>
internal sealed class StreamedAnswer(HttpContext context, JobEventReader reader, bool wantsUsageChunk, TimeSpan ping)
{
    private readonly EventStream _stream = new(context);
    private bool _started;

    /// <summary>True where the job has not ended, although the stream has.</summary>
    public bool JobGoesOn { get; private set; }

    public async Task<IResult> SendAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var events = await reader.ReadAsync(ping, cancellationToken);
            for (var i = _started ? 0 : FirstThatCounts(events); i < events.Count; i++)
            {
                if (await HandleAsync(events[i], cancellationToken) is { } result)
                {
                    return result;
                }
            }

            if (reader.Ended)
            {
                return _started ? Results.Empty : new ErrorResult(ApiError.JobNotFound("of this call"));
            }

            if (_started)
            {
                if (events.Count == 0)
                {
                    _stream.WritePing();
                }

                await _stream.FlushAsync(cancellationToken);
            }
        }
    }

    /// <summary>Nothing was sent yet, so attempts that are known to have failed can be passed over.</summary>
    private static int FirstThatCounts(IReadOnlyList<LogEvent> events)
    {
        for (var i = events.Count - 1; i >= 0; i--)
        {
            if (HasFailed(events[i]))
            {
                return i;
            }
        }

        return 0;
    }

    private static bool HasFailed(LogEvent happened) =>
        happened is { Type: LogEventTypes.AttemptEnded, Attempt.Outcome: not AttemptOutcome.Succeeded };

    /// <summary>Not null: the answer is complete.</summary>
    private async ValueTask<IResult?> HandleAsync(LogEvent happened, CancellationToken cancellationToken)
    {
        if (happened.Chunk is { } chunk)
        {
            if (wantsUsageChunk || !UsageChunk.Is(chunk))
            {
                await StartAsync(cancellationToken);
                await _stream.WriteDataAsync(chunk, cancellationToken);
            }

            return null;
        }

        if (happened.Ended is { } details)
        {
            return await EndAsync(details, cancellationToken);
        }

        return _started && HasFailed(happened) ? await CutOffAsync(happened.Attempt!, cancellationToken) : null;
    }

    private async ValueTask<IResult> EndAsync(JobDetails details, CancellationToken cancellationToken)
    {
        if (details.Job.State == JobState.Completed)
        {
            await StartAsync(cancellationToken);
            _stream.WriteDone();
            await _stream.FlushAsync(cancellationToken);
            return Results.Empty;
        }

        return _started
            ? await FailAsync(JobFailures.AnswerOf(details), cancellationToken)
            : new ErrorResult(JobFailures.AnswerOf(details));
    }

    private async ValueTask<IResult> CutOffAsync(StoredAttempt attempt, CancellationToken cancellationToken)
    {
        // The job's own end, where it is stored already, says more than its attempt.
        if (await reader.ReadAsync(TimeSpan.Zero, cancellationToken) is [{ Ended: { } details }, ..])
        {
            return await EndAsync(details, cancellationToken);
        }

        JobGoesOn = true;
        var message = attempt.FailureMessage ?? "The provider's stream ended before it was complete.";
        var code = FailureRules.Of(attempt.Failure).Name;
        return await FailAsync(
            ApiError.JobEnded(StatusCodes.Status502BadGateway, code, "upstream_error", message, null),
            cancellationToken
        );
    }

    private async ValueTask<IResult> FailAsync(ApiError error, CancellationToken cancellationToken)
    {
        _stream.WriteData(ErrorJson.Write(error).Span);
        await _stream.FlushAsync(cancellationToken);
        return Results.Empty;
    }

    private async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (!_started)
        {
            _started = true;
            await _stream.StartAsync(cancellationToken);
        }
    }
}
