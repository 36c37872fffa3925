using InferenceBroker.Api.Errors;
using InferenceBroker.Api.Jobs;
using InferenceBroker.Contracts.Relay;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Relay;

/// <summary>
/// Reads a job's log by cursor, every event once and in order. Rules:
/// (1) it listens before its first read, so nothing falls between;
/// (2) a relayed frame that continues at the cursor is delivered as it is: it was stored before it was sent;
/// (3) everything else (a gap, an attempt's start or end, the job's end) is read from the database after the cursor;
/// (4) where nothing comes it asks the database now and then, because relay messages may be lost.
/// For one reader at a time.
/// </summary>
internal sealed partial class JobEventReader(
    JobListener listener,
    IJobStore store,
    IJobWriter writer,
    AttemptModels models,
    TimeProvider time,
    ApiOptions options,
    ILogger<JobEventReader> logger,
    int tenantId,
    JobId id,
    int afterSequence
) : IDisposable
{
    private readonly List<LogEvent> _loaded = [];
    private PollPace _pace = new(TimeSpan.FromMilliseconds(options.PollMilliseconds));
    private int _cursor = afterSequence;
    private bool _mustRead;
    private long _lastLook = time.GetTimestamp();
    private TimeSpan _pause = TimeSpan.FromMilliseconds(options.PollMilliseconds);

    /// <summary>No event will follow those that were read.</summary>
    public bool Ended { get; private set; }

    /// <summary>Reads what is stored. False: no such job for this tenant.</summary>
    public async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await store.ReadLogAsync(tenantId, id, _cursor, cancellationToken) is not { } log)
        {
            return false;
        }

        await AddAsync(log, cancellationToken);
        return true;
    }

    /// <summary>The next events as soon as there are some; none where the time is up, or where the log has ended.</summary>
    public async ValueTask<IReadOnlyList<LogEvent>> ReadAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            if (_mustRead)
            {
                await ReadStoreAsync(cancellationToken);
            }

            if (_loaded.Count == 0 && !Ended)
            {
                TakeRelayed();
            }

            if (_loaded.Count > 0 || Ended)
            {
                return Deliver();
            }

            if (_mustRead)
            {
                continue;
            }

            var left = limit - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return [];
            }

            await WaitAsync(left, cancellationToken);
        }
    }

    public void Dispose() => listener.Dispose();

    private LogEvent[] Deliver()
    {
        LogEvent[] events = [.. _loaded];
        _loaded.Clear();
        if (events.Length > 0)
        {
            _pace.Reset();
            Looked();
        }

        return events;
    }

    private async Task WaitAsync(TimeSpan left, CancellationToken cancellationToken)
    {
        var untilLook = _pause - time.GetElapsedTime(_lastLook);
        if (untilLook <= TimeSpan.Zero)
        {
            _mustRead = true;
            return;
        }

        await listener.WaitAsync(untilLook < left ? untilLook : left, cancellationToken);
    }

    private void TakeRelayed()
    {
        var (frames, mustRead) = listener.Take();
        _mustRead |= mustRead;
        foreach (var frame in frames)
        {
            if (!TryAdd(frame))
            {
                _mustRead = true;
                return;
            }
        }
    }

    /// <summary>False where the frame leaves a gap after the cursor.</summary>
    private bool TryAdd(ChunkFrame frame)
    {
        var skip = _cursor + 1 - frame.FirstSequence;
        if (skip < 0)
        {
            return false;
        }

        for (var i = skip; i < frame.Chunks.Count; i++)
        {
            _cursor = frame.FirstSequence + i;
            _loaded.Add(LogEvent.OfChunk(id, _cursor, frame.Attempt, frame.Chunks[i]));
        }

        return true;
    }

    private async Task ReadStoreAsync(CancellationToken cancellationToken)
    {
        _mustRead = false;
        Looked();
        try
        {
            if (await store.ReadLogAsync(tenantId, id, _cursor, cancellationToken) is { } log)
            {
                await AddAsync(log, cancellationToken);
            }
            else
            {
                // Removed by its owner meanwhile.
                Ended = true;
            }
        }
        catch (Exception exception) when (DatabaseFaults.Is(exception))
        {
            // The cursor stands where it stood; the next look finds what this one missed.
            LogNotRead(exception, id);
        }
    }

    private async Task AddAsync(JobLog log, CancellationToken cancellationToken)
    {
        var ended = log.Job.State.IsTerminal();
        var details = ended ? await writer.FindAsync(id, cancellationToken) ?? new JobDetails(log.Job, log.Attempts, Result: null) : null;
        var events = JobEventLog.Compose(models.Named(log), details is null ? null : models.Named(details), _cursor);
        _loaded.AddRange(events);
        _cursor = events.Count == 0 ? _cursor : events[^1].Sequence;
        Ended = ended;
    }

    private void Looked()
    {
        _lastLook = time.GetTimestamp();
        _pause = _pace.Next();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The log of job {JobId} could not be read; trying again")]
    private partial void LogNotRead(Exception exception, JobId jobId);
}
