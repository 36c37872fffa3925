using InferenceBroker.Api.Errors;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Api.Relay;

/// <summary>Waits for the end of a job.</summary>
internal sealed partial class JobWaiter(IJobWriter writer, TimeProvider time, IOptions<ApiOptions> options, ILogger<JobWaiter> logger)
{
    private readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(options.Value.PollMilliseconds);

    /// <summary>The job as last seen: ended, or not where the time was over first. Null: it is not there (any more), or was never looked at.</summary>
    /// <param name="limit">Null: as long as it takes; the job's own deadline and timeouts end it.</param>
    /// <param name="lookFirst">The job may have ended before the listener was there.</param>
    public async Task<JobDetails?> WaitAsync(
        JobListener listener,
        JobId id,
        TimeSpan? limit,
        bool lookFirst,
        CancellationToken cancellationToken
    )
    {
        var pace = new PollPace(_firstPause);
        var start = time.GetTimestamp();
        JobDetails? details = null;
        for (var look = lookFirst; ; look = true)
        {
            if (look)
            {
                listener.Take();
                (var readable, details) = await TryReadAsync(id, details, cancellationToken);
                if (readable && (details is null || details.Job.State.IsTerminal()))
                {
                    return details;
                }
            }

            var pause = pace.Next();
            if (limit is { } total)
            {
                var left = total - time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero)
                {
                    return details;
                }

                pause = pause < left ? pause : left;
            }

            await listener.WaitAsync(pause, cancellationToken);
        }
    }

    /// <summary>While the database is away the wait goes on: the job is stored, and its answer will be.</summary>
    private async Task<(bool Readable, JobDetails? Details)> TryReadAsync(JobId id, JobDetails? last, CancellationToken cancellationToken)
    {
        try
        {
            return (true, await writer.FindAsync(id, cancellationToken));
        }
        catch (Exception exception) when (DatabaseFaults.Is(exception))
        {
            LogNotRead(exception, id);
            return (false, last);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {JobId} could not be read while waiting for its end; trying again")]
    private partial void LogNotRead(Exception exception, JobId jobId);
}
