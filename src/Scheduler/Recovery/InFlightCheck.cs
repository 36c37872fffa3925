using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scheduler.Admission;
using InferenceBroker.Scheduler.Settlement;

namespace InferenceBroker.Scheduler.Recovery;

/// <summary>
/// Compares the jobs in flight with the database's: (1) those that the database does not have any more are released (the message that they
/// ended was lost, or they were cancelled); (2) those that memory does not have are taken in; (3) dispatched ones that no worker has taken
/// in time are sent again. Since a read is a little old when it is looked at, (1) and (2) need two reads in a row. Belongs to the dispatch
/// loop: not thread safe, but for <see cref="BeginRead"/>.
/// </summary>
internal sealed class InFlightCheck(JobIndex index, CreditBook credits, Settler settler, SchedulerOptions options)
{
    private const int MostDoublings = 6;

    private HashSet<(JobId Id, long Fence)> _unknown = [];
    private int _reads;

    /// <summary>The number of the read that was begun last: a job that is dispatched now counts as seen by it.</summary>
    public int LastRead => Volatile.Read(ref _reads);

    /// <summary>To be called before the database is asked. Thread safe.</summary>
    public int BeginRead() => Interlocked.Increment(ref _reads);

    /// <summary>At take-over: everything in flight takes its credit.</summary>
    public void Rebuild(IReadOnlyList<InFlightJob> found)
    {
        foreach (var job in found)
        {
            TakeIn(job);
        }
    }

    /// <summary>Returns the dispatched jobs to send again.</summary>
    public List<IndexedJob> Apply(int read, IReadOnlyList<InFlightJob> found, DateTimeOffset now)
    {
        var overdue = new List<IndexedJob>();
        var unknown = new HashSet<(JobId, long)>();
        foreach (var row in found)
        {
            if (Match(row, unknown) is not { } job)
            {
                continue;
            }

            job.SeenIn = read;
            job.Missed = 0;
            if (row.State == JobState.Dispatched && job.ResendAt <= now.UtcTicks)
            {
                NoteResend(job, now);
                overdue.Add(job);
            }
        }

        _unknown = unknown;
        ReleaseMissing(read);
        return overdue;
    }

    private IndexedJob? Match(InFlightJob row, HashSet<(JobId, long)> unknown)
    {
        var job = index.Find(row.Id.Value);
        if (job is { State: IndexedState.InFlight } && job.Fence >= row.Fence)
        {
            return job.Fence == row.Fence ? job : null;
        }

        if (job is { State: IndexedState.Claiming } || job?.Fence > row.Fence)
        {
            return null;
        }

        if (!_unknown.Contains((row.Id, row.Fence)))
        {
            unknown.Add((row.Id, row.Fence));
            return null;
        }

        if (job is not null)
        {
            settler.ReleaseUnknown(job);
        }

        return TakeIn(row);
    }

    private IndexedJob TakeIn(InFlightJob row)
    {
        var endpoint = credits.Endpoint(row.Endpoint);
        var job = index.AddInFlight(row, endpoint, (row.DispatchedAt + options.DispatchOverdue).UtcTicks);
        job.SeenIn = LastRead;
        endpoint.Reserve(job.Tokens);
        return job;
    }

    private void ReleaseMissing(int read)
    {
        List<IndexedJob>? missing = null;
        foreach (var job in index.InFlight)
        {
            // Read numbers grow; a job that was dispatched after this read was begun has a number that is not below.
            if (job.SeenIn - read < 0 && ++job.Missed >= 2)
            {
                (missing ??= []).Add(job);
            }
        }

        missing?.ForEach(settler.ReleaseUnknown);
    }

    private void NoteResend(IndexedJob job, DateTimeOffset now)
    {
        job.Resends = (byte)Math.Min(job.Resends + 1, MostDoublings);
        job.ResendAt = (now + (options.DispatchOverdue * (1 << job.Resends))).UtcTicks;
    }
}
