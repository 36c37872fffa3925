using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Relay;

/// <summary>
/// Composes a job's log, which is a view: <c>job.queued</c> from the job, starts and ends from its attempts, chunks from their rows, the
/// terminal event from the job again. Each row carries its sequence numbers.
/// </summary>
internal static class JobEventLog
{
    private const int QueuedSequence = 1;

    /// <summary>The events after a sequence number, in order, each once.</summary>
    /// <param name="ended">The job with its answer, where it has ended.</param>
    public static IReadOnlyList<LogEvent> Compose(JobLog log, JobDetails? ended, int afterSequence)
    {
        var id = log.Job.Id;
        var events = new List<LogEvent>();
        if (afterSequence < QueuedSequence)
        {
            events.Add(new LogEvent(QueuedSequence, LogEventTypes.Queued, id) { Queued = log.Job });
        }

        foreach (var attempt in log.Attempts)
        {
            AddAttempt(events, log.Job, attempt, afterSequence);
        }

        foreach (var chunks in log.Chunks)
        {
            AddChunks(events, log.Job, chunks, afterSequence);
        }

        if (ended is not null && ended.Job.LastSequence > afterSequence)
        {
            events.Add(new LogEvent(ended.Job.LastSequence, LogEventTypes.OfEnd(ended.Job.State), id) { Ended = ended });
        }

        events.Sort(static (a, b) => a.Sequence.CompareTo(b.Sequence));
        RemoveRepeated(events);
        return events;
    }

    private static void AddAttempt(List<LogEvent> events, StoredJob job, StoredAttempt attempt, int afterSequence)
    {
        if (attempt.StartedSequence > afterSequence)
        {
            events.Add(new LogEvent(attempt.StartedSequence, LogEventTypes.AttemptStarted, job.Id) { Attempt = attempt });
        }

        if (attempt.EndedSequence > afterSequence)
        {
            events.Add(new LogEvent(attempt.EndedSequence.Value, LogEventTypes.AttemptEnded, job.Id) { Attempt = attempt });
        }
    }

    private static void AddChunks(List<LogEvent> events, StoredJob job, StoredChunks chunks, int afterSequence)
    {
        for (var i = Math.Max(0, afterSequence + 1 - chunks.FirstSequence); i < chunks.Chunks.Count; i++)
        {
            events.Add(LogEvent.OfChunk(job.Id, chunks.FirstSequence + i, chunks.Attempt, chunks.Chunks[i]));
        }
    }

    /// <summary>A superseded attempt's row repeats the start of the one whose place it lost.</summary>
    private static void RemoveRepeated(List<LogEvent> events)
    {
        var kept = 0;
        for (var i = 0; i < events.Count; i++)
        {
            if (kept == 0 || events[i].Sequence != events[kept - 1].Sequence)
            {
                events[kept++] = events[i];
            }
        }

        events.RemoveRange(kept, events.Count - kept);
    }
}
