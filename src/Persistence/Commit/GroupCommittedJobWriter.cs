using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Commit;

/// <summary>One group commit for each kind of write, and one for reads of single jobs.</summary>
internal sealed class GroupCommittedJobWriter : IJobWriter, IAsyncDisposable, IDisposable
{
    private readonly IRetryAwareJobStore _store;
    private readonly GroupCommit<NewJob, bool> _inserts;
    private readonly GroupCommit<AttemptStart, StartedJob?> _starts;
    private readonly GroupCommit<ChunkAppend, bool> _appends;
    private readonly GroupCommit<AttemptEnd, FinishOutcome> _finishes;
    private readonly GroupCommit<JobId, JobDetails?> _reads;

    public GroupCommittedJobWriter(IRetryAwareJobStore store, ITransientFaults faults, TimeProvider time)
    {
        _store = store;
        _inserts = new(InsertAsync, job => job.Id, faults, GroupCommitOptions.Default, time);
        _starts = new(StartAsync, start => start.Id, faults, GroupCommitOptions.Default, time);
        _appends = new((rows, _, token) => store.AppendAsync(rows, token), append => append.Id, faults, GroupCommitOptions.Default, time);
        _finishes = new((rows, _, token) => store.FinishAsync(rows, token), end => end.Id, faults, GroupCommitOptions.Default, time);
        _reads = new(ReadAsync, id => id, faults, GroupCommitOptions.Default, time);
    }

    public Task InsertAsync(NewJob job, CancellationToken cancellationToken) => _inserts.CommitAsync(job, cancellationToken);

    public Task<StartedJob?> StartAsync(AttemptStart start, CancellationToken cancellationToken) =>
        _starts.CommitAsync(start, cancellationToken);

    public Task<bool> AppendAsync(ChunkAppend append, CancellationToken cancellationToken) =>
        _appends.CommitAsync(append, cancellationToken);

    public Task<FinishOutcome> FinishAsync(AttemptEnd end, CancellationToken cancellationToken) =>
        _finishes.CommitAsync(end, cancellationToken);

    public Task<JobDetails?> FindAsync(JobId id, CancellationToken cancellationToken) => _reads.CommitAsync(id, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _inserts.DisposeAsync();
        await _starts.DisposeAsync();
        await _appends.DisposeAsync();
        await _finishes.DisposeAsync();
        await _reads.DisposeAsync();
    }

    /// <summary>For containers that are not disposed of asynchronously.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<IReadOnlyList<bool>> InsertAsync(IReadOnlyList<NewJob> jobs, bool repeated, CancellationToken cancellationToken)
    {
        await _store.InsertAsync(jobs, cancellationToken);
        return new bool[jobs.Count];
    }

    private async Task<IReadOnlyList<StartedJob?>> StartAsync(
        IReadOnlyList<AttemptStart> starts,
        bool repeated,
        CancellationToken cancellationToken
    )
    {
        var started = await _store.StartAsync(starts, cancellationToken);
        if (!repeated || started.All(job => job is not null))
        {
            return started;
        }

        // The start before may have reached the disk although its answer was lost: those jobs run already, by this very start.
        var running = await _store.FindStartedAsync(starts, cancellationToken);
        return [.. started.Select((job, i) => job ?? running[i])];
    }

    private async Task<IReadOnlyList<JobDetails?>> ReadAsync(IReadOnlyList<JobId> ids, bool repeated, CancellationToken cancellationToken)
    {
        var found = (await _store.FindManyAsync(ids, cancellationToken)).ToDictionary(details => details.Job.Id);
        return [.. ids.Select(found.GetValueOrDefault)];
    }
}
