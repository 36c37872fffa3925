using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Health;
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
internal sealed class InFlightCheck(JobIndex index, CreditBook credits, HealthBook health, Settler settler, SchedulerOptions options)
{
    private const int MostDoublings = 6;

    private HashSet<(JobId Id, long Fence)> _unknown = [];
    private int _reads;

    /// <summary>The number of the read that was begun last: a job that is dispatched now counts as seen by it.</summary>
    public int LastRead => Volatile.Read(ref _reads);

    /// <summary>To be called before the database is asked. Thread safe.</summary>
    public int BeginRead() => Interlocked.Increment(ref _reads);

    /// <summary>At take-over: everything in flight takes its credit.</summary>
    public void Rebuild(IReadOnlyList<InFlightJob> found, DateTimeOffset now)
    {
        foreach (var job in found)
        {
            TakeIn(job, now);
        }
    }

    /// <summary>Returns the dispatched jobs to send again.</summary>
    public List<IndexedJob> Apply(int read, IReadOnlyList<InFlightJob> found, DateTimeOffset now)
    {
        var overdue = new List<IndexedJob>();
        var unknown = new HashSet<(JobId, long)>();
        foreach (var row in found)
        {
            if (Match(row, unknown, now) is not { } job)
            {
                continue;
            }

            job.SeenIn = read;
            job.Flight!.Missed = 0;
            if (row.State == JobState.Dispatched && job.Flight.ResendAt <= now.UtcTicks)
            {
                NoteResend(job, now);
                overdue.Add(job);
            }
        }

        _unknown = unknown;
        ReleaseMissing(read, now);
        return overdue;
    }

    private IndexedJob? Match(InFlightJob row, HashSet<(JobId, long)> unknown, DateTimeOffset now)
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
            settler.ReleaseUnknown(job, now);
        }

        return TakeIn(row, now);
    }

    private IndexedJob TakeIn(InFlightJob row, DateTimeOffset now)
    {
        var endpoint = credits.Endpoint(row.Endpoint);
        var spend = new Spend(row.EstimatedInputTokens, Math.Max(0, row.EstimatedOutputTokens));
        var lane = index.TenantOf(row.TenantId).LaneOf(row.Lane);
        var reservation = Reservation.Take(endpoint, index.GroupOf(lane, row.ApiKeyId, row.BatchHash).Account, spend, now);
        if (row.StartedAt is { } startedAt)
        {
            reservation = reservation.Start(startedAt);
        }

        endpoint.Provider.Lanes.NoteTaken(row.Lane, 1, now);
        var flight = new Flight(reservation, health.Endpoint(endpoint.Id))
        {
            ResendAt = (row.DispatchedAt + options.DispatchOverdue).UtcTicks,
        };
        var job = index.AddInFlight(row, flight);
        job.SeenIn = LastRead;
        return job;
    }

    private void ReleaseMissing(int read, DateTimeOffset now)
    {
        List<IndexedJob>? missing = null;
        foreach (var job in index.InFlight)
        {
            // Read numbers grow; a job that was dispatched after this read was begun has a number that is not below.
            if (job.SeenIn - read < 0 && ++job.Flight!.Missed >= 2)
            {
                (missing ??= []).Add(job);
            }
        }

        missing?.ForEach(job => settler.ReleaseUnknown(job, now));
    }

    private void NoteResend(IndexedJob job, DateTimeOffset now)
    {
        var flight = job.Flight!;
        flight.Resends = (byte)Math.Min(flight.Resends + 1, MostDoublings);
        flight.ResendAt = (now + (options.DispatchOverdue * (1 << flight.Resends))).UtcTicks;
    }
}
