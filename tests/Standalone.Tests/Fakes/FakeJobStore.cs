using System.Text;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;

namespace InferenceBroker.Standalone.Tests.Fakes;

/// <summary>The part of the store that a run uses, in memory. The test ends jobs by hand.</summary>
internal sealed class FakeJobStore(TimeProvider time) : IJobStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JobId> _keys = [];
    private readonly SortedDictionary<JobId, JobDetails> _jobs = [];

    public List<NewJob> Inserted { get; } = [];

    public List<JobId> Cancelled { get; } = [];

    /// <summary>The most jobs that were unfinished at once.</summary>
    public int MostUnfinished { get; private set; }

    public Task<IReadOnlyList<SubmitOutcome>> InsertManyOnceAsync(
        IReadOnlyList<NewJob> jobs,
        IReadOnlyList<IdempotencyKey> keys,
        CancellationToken cancellationToken
    )
    {
        lock (_lock)
        {
            var outcomes = new List<SubmitOutcome>();
            foreach (var (job, key) in jobs.Zip(keys))
            {
                outcomes.Add(InsertNeedsLock(job, key));
            }

            MostUnfinished = Math.Max(MostUnfinished, _jobs.Values.Count(d => !d.Job.State.IsTerminal()));
            return Task.FromResult<IReadOnlyList<SubmitOutcome>>(outcomes);
        }
    }

    public void Complete(JobId id, string body = """{"ok":true}""", params StoredAttempt[] attempts) =>
        End(id, JobState.Completed, new StoredResult(200, Encoding.UTF8.GetBytes(body)), error: null, attempts);

    public void Fail(JobId id, string code = "transient", StoredResult? result = null) =>
        End(id, JobState.Failed, result, new JobFailure(code, "It failed.", "server_error", null), []);

    public void ForgetKeys()
    {
        lock (_lock)
        {
            _keys.Clear();
        }
    }

    public static StoredAttempt Attempt(int number, string endpoint, AttemptOutcome outcome) =>
        new()
        {
            Number = number,
            Endpoint = endpoint,
            UpstreamModel = "m",
            Outcome = outcome,
            Failure = FailureClass.None,
            StartedAt = DateTimeOffset.UnixEpoch,
            StartedSequence = 2,
        };

    public Task<IReadOnlyList<JobDetails>> FindManyAsync(IReadOnlyList<JobId> ids, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<JobDetails>>([.. ids.Where(_jobs.ContainsKey).Select(id => _jobs[id])]);
        }
    }

    public Task<IReadOnlyList<StoredJob>> ListAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<StoredJob>>([
                .. _jobs
                    .Values.Select(d => d.Job)
                    .Where(j => j.TenantId == filter.TenantId && j.BatchId == filter.BatchId && filter.States.Contains(j.State))
                    .Where(j => filter.After is not { } after || j.Id < after)
                    .OrderByDescending(j => j.Id)
                    .Take(filter.Limit),
            ]);
        }
    }

    public Task<IReadOnlyList<JobDetails>> ReadEndedOfBatchAsync(
        int tenantId,
        string batchId,
        JobId? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<JobDetails>>([
                .. _jobs
                    .Values.Where(d => d.Job.TenantId == tenantId && d.Job.BatchId == batchId && d.Job.State.IsTerminal())
                    .Where(d => after is not { } cursor || d.Job.Id > cursor)
                    .Take(limit),
            ]);
        }
    }

    public Task<CancelOutcome> CancelAsync(int tenantId, JobId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Cancelled.Add(id);
        End(id, JobState.Cancelled, result: null, error: null, []);
        return Task.FromResult<CancelOutcome>(default!);
    }

    private SubmitOutcome InsertNeedsLock(NewJob job, IdempotencyKey key)
    {
        if (_keys.TryGetValue(key.Key, out var existing))
        {
            return new SubmitOutcome(SubmitOutcomeKind.Repeated, existing);
        }

        _keys.Add(key.Key, job.Id);
        Inserted.Add(job);
        var stored = new StoredJob
        {
            Id = job.Id,
            TenantId = job.TenantId,
            State = JobState.Queued,
            Operation = job.Operation,
            Model = job.Model,
            BatchId = job.BatchId,
            CustomId = job.CustomId,
        };
        _jobs.Add(job.Id, new JobDetails(stored, [], null));
        return new SubmitOutcome(SubmitOutcomeKind.Created, job.Id);
    }

    private void End(JobId id, JobState state, StoredResult? result, JobFailure? error, StoredAttempt[] attempts)
    {
        lock (_lock)
        {
            var job = _jobs[id].Job with
            {
                State = state,
                Error = error,
                EndedAt = time.GetUtcNow(),
                Usage = new TokenUsage(10, 5),
                CostNanoUsd = 1000,
            };
            _jobs[id] = new JobDetails(job, attempts, result);
        }
    }

    public Task InsertAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SubmitOutcome> InsertOnceAsync(NewJob job, IdempotencyKey key, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlySet<JobId>> ClaimAsync(
        LeaderTerm term,
        IReadOnlyList<Claim> claims,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<IReadOnlyList<QueueCount>> CountQueuedAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<QueuedJob>> ReadQueuedAsync(QueuePage page, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<InFlightJob>> ReadInFlightAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<QueuedJob>> ReadQueuedByIdAsync(IReadOnlyList<JobId> ids, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<SweptJob>> RefuseCostlyAsync(
        LeaderTerm term,
        IReadOnlyList<(JobId Id, long Fence)> jobs,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<IReadOnlyList<SweptJob>> ExpireAsync(LeaderTerm term, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<SweptJob>> RecoverAsync(
        LeaderTerm term,
        DateTimeOffset now,
        DateTimeOffset workerSeenBefore,
        int maxAttempts,
        int limit,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<IReadOnlyList<QueuedJob>> RecallAsync(
        LeaderTerm term,
        IReadOnlyList<(JobId Id, long Fence)> jobs,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<IReadOnlyList<StartedJob?>> StartAsync(IReadOnlyList<AttemptStart> starts, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<ChunkAppend> appends, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<FinishOutcome>> FinishAsync(IReadOnlyList<AttemptEnd> ends, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> HandBackAsync(JobId id, long fence, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<JobDetails?> FindAsync(int tenantId, JobId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<JobLog?> ReadLogAsync(int tenantId, JobId id, int afterSequence, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<int> CountAheadAsync(StoredJob job, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(int tenantId, JobId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> PurgeIdempotencyKeysAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
