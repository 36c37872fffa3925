using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Workers.Liveness;
using InferenceBroker.Workers.Resilience;
using InferenceBroker.Workers.Streaming;
using InferenceBroker.Workers.Telemetry;

namespace InferenceBroker.Workers.Execution;

/// <summary>
/// Takes a dispatched attempt through its steps: start, prepare, call, conclude, record, publish. An attempt that has started has exactly one
/// end, whatever goes wrong. Thread safe.
/// </summary>
internal sealed partial class AttemptRunner(
    IJobWriter writer,
    IHintSender hints,
    ICatalogSource catalogs,
    CallPreparation preparation,
    ProviderCalls calls,
    AttemptConclusion conclusion,
    AttemptPublisher publisher,
    RunningAttempts running,
    StoreRetry retry,
    WorkerIdentity worker,
    WorkerMetrics metrics,
    TimeProvider time,
    ILogger<AttemptRunner> logger
)
{
    /// <summary>
    /// The sweep waits this much longer than the attempt's own limit, so that a worker that lives ends its attempts itself.
    /// </summary>
    internal static readonly TimeSpan DeadlineMargin = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    public async Task RunAsync(string provider, ExecuteJob order)
    {
        using var attempt = new Attempt(provider, order, catalogs.Current);
        if (!running.TryAdd(attempt))
        {
            return;
        }

        try
        {
            if (await StartAsync(attempt))
            {
                await FollowThroughAsync(attempt);
            }
        }
        finally
        {
            running.Remove(attempt);
        }
    }

    private async Task FollowThroughAsync(Attempt attempt)
    {
        using var activity = WorkerActivities.StartAttempt(attempt);
        metrics.AttemptStarted(attempt.Provider);
        try
        {
            Prepare(attempt);
            await CallAsync(attempt);
            var end = Conclude(attempt);
            if (await RecordAsync(attempt, end) is { } outcome)
            {
                publisher.Publish(attempt, end, outcome);
            }
        }
        finally
        {
            metrics.AttemptEnded(attempt.Provider, attempt.End, time.GetElapsedTime(attempt.StartedTimestamp));
            WorkerActivities.EndAttempt(activity, attempt);
        }
    }

    /// <summary>
    /// False: not ours any more (cancelled, recalled, started elsewhere). Nothing to do then. While the database is
    /// away the start is tried again; the worker's slot stays taken, which is right, since it could not store an answer either.
    /// </summary>
    private async Task<bool> StartAsync(Attempt attempt)
    {
        var now = time.GetUtcNow();
        attempt.Deadline = now + attempt.Catalog.Limits.AttemptTimeout + DeadlineMargin;
        var started = await retry.RunAsync(
            static (state, token) => state.writer.StartAsync(state.start, token),
            (writer, start: new AttemptStart(attempt.JobId, attempt.Order.Fence, worker.Id, now, attempt.Deadline)),
            now + StartLimit,
            running.Aborted
        );
        if (started is null)
        {
            return false;
        }

        attempt.Started = started;
        attempt.StartedTimestamp = time.GetTimestamp();
        return true;
    }

    private void Prepare(Attempt attempt)
    {
        preparation.Prepare(attempt);
        if (attempt.Started.Streaming)
        {
            attempt.Chunks = new ChunkWriter(attempt, new ChunkStore(attempt, writer, retry, hints, logger, running.Aborted), time);
            hints.JobChanged(attempt.Order.JobId);
        }
    }

    private async Task CallAsync(Attempt attempt)
    {
        if (attempt.Call is not null)
        {
            await calls.MakeAsync(attempt);
        }

        if (attempt.Chunks is not null)
        {
            await attempt.Chunks.CompleteAsync(keepHeldBack: attempt.Answer is { Failure: null });
        }
    }

    private AttemptEnd Conclude(Attempt attempt)
    {
        var end = conclusion.Conclude(attempt);
        attempt.End = end;
        if (end.Outcome == AttemptOutcome.Succeeded)
        {
            LogSucceeded(logger, end.Id.Value, end.Attempt, end.Endpoint);
        }
        else
        {
            LogEnded(logger, end.Id.Value, end.Attempt, end.Endpoint, end.Outcome, end.Failure, end.Next);
        }

        return end;
    }

    /// <summary>Null: it could not be stored until its deadline, and the sweep ends the attempt.</summary>
    private async Task<FinishOutcome?> RecordAsync(Attempt attempt, AttemptEnd end)
    {
        try
        {
            return await retry.RunAsync(
                static (state, token) => state.writer.FinishAsync(state.end, token),
                (writer, end),
                attempt.Deadline,
                running.Aborted
            );
        }
        catch (Exception e)
        {
            LogNotRecorded(logger, e, attempt.JobId.Value, attempt.Started.Attempt, attempt.Endpoint);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {JobId}, attempt {Attempt} at {Endpoint} succeeded.")]
    private static partial void LogSucceeded(ILogger logger, Guid jobId, int attempt, string endpoint);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Job {JobId}, attempt {Attempt} at {Endpoint} ended: {Outcome} ({Failure}); the job becomes {Next}."
    )]
    private static partial void LogEnded(
        ILogger logger,
        Guid jobId,
        int attempt,
        string endpoint,
        AttemptOutcome outcome,
        FailureClass failure,
        JobState next
    );

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Job {JobId}, attempt {Attempt} at {Endpoint}: its end could not be stored; the sweep will end it."
    )]
    private static partial void LogNotRecorded(ILogger logger, Exception exception, Guid jobId, int attempt, string endpoint);
}
