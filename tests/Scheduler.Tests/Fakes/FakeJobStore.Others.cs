using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>What the scheduler never calls.</summary>
internal sealed partial class FakeJobStore
{
    public Task InsertAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken) => throw NotOurs();

    public Task<SubmitOutcome> InsertOnceAsync(NewJob job, IdempotencyKey key, CancellationToken cancellationToken) => throw NotOurs();

    public Task<IReadOnlyList<SubmitOutcome>> InsertManyOnceAsync(
        IReadOnlyList<NewJob> jobs,
        IReadOnlyList<IdempotencyKey> keys,
        CancellationToken cancellationToken
    ) => throw NotOurs();

    public Task<IReadOnlyList<QueuedJob>> ReadQueuedByIdAsync(IReadOnlyList<JobId> ids, CancellationToken cancellationToken) =>
        throw NotOurs();

    public Task<IReadOnlyList<QueuedJob>> RecallAsync(
        LeaderTerm term,
        IReadOnlyList<(JobId Id, long Fence)> jobs,
        CancellationToken cancellationToken
    )
    {
        CheckTerm(term);
        lock (_lock)
        {
            var rows = jobs.Where(job => Rows[job.Id] is { State: JobState.Dispatched } row && row.Fence == job.Fence)
                .Select(job => Rows[job.Id])
                .ToList();
            foreach (var row in rows)
            {
                (row.State, row.Fence, row.Endpoint) = (JobState.Queued, row.Fence + 1, null);
            }

            return Task.FromResult<IReadOnlyList<QueuedJob>>([.. rows.Select(row => row.AsQueued())]);
        }
    }

    public Task<IReadOnlyList<StartedJob?>> StartAsync(IReadOnlyList<AttemptStart> starts, CancellationToken cancellationToken) =>
        throw NotOurs();

    public Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<ChunkAppend> appends, CancellationToken cancellationToken) =>
        throw NotOurs();

    public Task<IReadOnlyList<FinishOutcome>> FinishAsync(IReadOnlyList<AttemptEnd> ends, CancellationToken cancellationToken) =>
        throw NotOurs();

    public Task<bool> HandBackAsync(JobId id, long fence, CancellationToken cancellationToken) => throw NotOurs();

    public Task<CancelOutcome> CancelAsync(int tenantId, JobId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        throw NotOurs();

    public Task<JobDetails?> FindAsync(int tenantId, JobId id, CancellationToken cancellationToken) => throw NotOurs();

    public Task<IReadOnlyList<JobDetails>> FindManyAsync(IReadOnlyList<JobId> ids, CancellationToken cancellationToken) => throw NotOurs();

    public Task<IReadOnlyList<StoredJob>> ListAsync(JobFilter filter, CancellationToken cancellationToken) => throw NotOurs();

    public Task<JobLog?> ReadLogAsync(int tenantId, JobId id, int afterSequence, CancellationToken cancellationToken) => throw NotOurs();

    public Task<int> CountAheadAsync(StoredJob job, CancellationToken cancellationToken) => throw NotOurs();

    public Task<bool> DeleteAsync(int tenantId, JobId id, CancellationToken cancellationToken) => throw NotOurs();

    public Task<IReadOnlyList<JobDetails>> ReadEndedOfBatchAsync(
        int tenantId,
        string batchId,
        JobId? after,
        int limit,
        CancellationToken cancellationToken
    ) => throw NotOurs();

    private static NotSupportedException NotOurs() => new("The scheduler has no business with this.");
}
