using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;

namespace InferenceBroker.Api.Tests.Fakes;

/// <summary>Jobs in memory, as far as the Api needs them. One lock makes every call a transaction.</summary>
internal sealed class FakeJobStore : IJobStore, IJobWriter
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<JobId, FakeJob> _jobs = [];
    private readonly Dictionary<(int Tenant, string Key), (byte[] Hash, JobId Id)> _keys = [];

    /// <summary>Thrown by every call while it is set.</summary>
    public Exception? Fault { get; set; }

    public int LogReads { get; private set; }

    public IReadOnlyList<FakeJob> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _jobs.Values];
            }
        }
    }

    public FakeJob this[JobId id]
    {
        get
        {
            lock (_gate)
            {
                return _jobs[id];
            }
        }
    }

    public void Change(JobId id, Action<FakeJob> change)
    {
        lock (_gate)
        {
            change(_jobs[id]);
        }
    }

    /// <summary>Set: an insert is under way until it is released, whether or not anybody waits for it.</summary>
    public SlowInsert? SlowInsert { get; set; }

    public Task InsertAsync(NewJob job, CancellationToken cancellationToken) =>
        SlowInsert is { } slow ? slow.RunAsync(() => Run(() => Add(job)), cancellationToken) : Run(() => Add(job));

    public Task InsertAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken) =>
        Run(() =>
        {
            foreach (var job in jobs)
            {
                Add(job);
            }

            return true;
        });

    public Task<SubmitOutcome> InsertOnceAsync(NewJob job, IdempotencyKey key, CancellationToken cancellationToken) =>
        Run(() =>
        {
            if (_keys.TryGetValue((job.TenantId, key.Key), out var used))
            {
                var same = used.Hash.AsSpan().SequenceEqual(key.RequestHash);
                return new SubmitOutcome(same ? SubmitOutcomeKind.Repeated : SubmitOutcomeKind.Conflict, used.Id);
            }

            _keys[(job.TenantId, key.Key)] = (key.RequestHash, job.Id);
            Add(job);
            return new SubmitOutcome(SubmitOutcomeKind.Created, job.Id);
        });

    public Task<CancelOutcome> CancelAsync(int tenantId, JobId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        Run(() =>
        {
            if (Owned(tenantId, id) is not { } job)
            {
                return new CancelOutcome(Found: false, default, Ended: false, Endpoint: null);
            }

            var state = job.Stored.State;
            if (state == JobState.Running)
            {
                job.Stored = job.Stored with { CancelRequestedAt = now };
                return new CancelOutcome(Found: true, state, Ended: false, Endpoint: null);
            }

            if (state.IsTerminal())
            {
                return new CancelOutcome(Found: true, state, Ended: false, Endpoint: null);
            }

            var endpoint = job.Stored.Endpoint;
            job.Stored = job.Stored with
            {
                State = JobState.Cancelled,
                Fence = job.Stored.Fence + 1,
                EndedAt = now,
                LastSequence = job.Stored.LastSequence + 1,
            };
            return new CancelOutcome(Found: true, JobState.Cancelled, Ended: true, endpoint);
        });

    public Task<JobDetails?> FindAsync(int tenantId, JobId id, CancellationToken cancellationToken) =>
        Run(() => Owned(tenantId, id)?.Details);

    public Task<JobDetails?> FindAsync(JobId id, CancellationToken cancellationToken) => Run(() => _jobs.GetValueOrDefault(id)?.Details);

    public Task<IReadOnlyList<StoredJob>> ListAsync(JobFilter filter, CancellationToken cancellationToken) =>
        Run<IReadOnlyList<StoredJob>>(() =>
            [
                .. _jobs
                    .Values.Reverse()
                    .Select(j => j.Stored)
                    .Where(j =>
                        j.TenantId == filter.TenantId
                        && (filter.States.Count == 0 || filter.States.Contains(j.State))
                        && (filter.Model is null || filter.Model == j.Model)
                        && (filter.After is null || j.Id < filter.After)
                        && filter.Metadata.All(m => (j.Metadata ?? "").Contains($"\"{m.Key}\":\"{m.Value}\"", StringComparison.Ordinal))
                    )
                    .Take(filter.Limit),
            ]
        );

    public Task<JobLog?> ReadLogAsync(int tenantId, JobId id, int afterSequence, CancellationToken cancellationToken) =>
        Run(() =>
        {
            LogReads++;
            return Owned(tenantId, id) is { } job
                ? new JobLog(job.Stored, [.. job.Attempts], [.. job.Chunks.Where(c => c.LastSequence > afterSequence)])
                : null;
        });

    public Task<int> CountAheadAsync(StoredJob job, CancellationToken cancellationToken) =>
        Run(() =>
            _jobs.Values.Count(j =>
                j.Stored.State == JobState.Queued && j.Stored.TenantId == job.TenantId && j.Stored.Lane == job.Lane && j.Stored.Id < job.Id
            )
        );

    public Task<bool> DeleteAsync(int tenantId, JobId id, CancellationToken cancellationToken) =>
        Run(() => Owned(tenantId, id) is { } job && job.Stored.State.IsTerminal() && _jobs.Remove(id));

    private bool Add(NewJob job)
    {
        _jobs.Add(
            job.Id,
            new FakeJob(
                job,
                new StoredJob
                {
                    Id = job.Id,
                    TenantId = job.TenantId,
                    State = JobState.Queued,
                    Operation = job.Operation,
                    Model = job.Model,
                    Streaming = job.Streaming,
                    Priority = job.Priority,
                    Lane = job.Lane,
                    LastSequence = 1,
                    CreatedAt = job.CreatedAt,
                    NotBefore = job.NotBefore,
                    Deadline = job.Deadline,
                    Metadata = job.Metadata,
                }
            )
        );
        return true;
    }

    private FakeJob? Owned(int tenantId, JobId id) => _jobs.TryGetValue(id, out var job) && job.Stored.TenantId == tenantId ? job : null;

    private Task<T> Run<T>(Func<T> call)
    {
        if (Fault is { } fault)
        {
            return Task.FromException<T>(fault);
        }

        lock (_gate)
        {
            return Task.FromResult(call());
        }
    }

    // ── What only schedulers and workers call ───────────────────────────────────────────────────────────────────
    private static NotSupportedException NotTheApis() => new("The Api does not call this.");

    public Task<IReadOnlyList<SubmitOutcome>> InsertManyOnceAsync(
        IReadOnlyList<NewJob> jobs,
        IReadOnlyList<IdempotencyKey> keys,
        CancellationToken cancellationToken
    ) => throw NotTheApis();

    public Task<IReadOnlySet<JobId>> ClaimAsync(
        LeaderTerm term,
        IReadOnlyList<Claim> claims,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => throw NotTheApis();

    public Task<IReadOnlyList<QueueCount>> CountQueuedAsync(CancellationToken cancellationToken) => throw NotTheApis();

    public Task<IReadOnlyList<QueuedJob>> ReadQueuedAsync(QueuePage page, CancellationToken cancellationToken) => throw NotTheApis();

    public Task<IReadOnlyList<InFlightJob>> ReadInFlightAsync(CancellationToken cancellationToken) => throw NotTheApis();

    public Task<IReadOnlyList<QueuedJob>> ReadQueuedByIdAsync(IReadOnlyList<JobId> ids, CancellationToken cancellationToken) =>
        throw NotTheApis();

    public Task<IReadOnlyList<SweptJob>> RefuseCostlyAsync(
        LeaderTerm term,
        IReadOnlyList<(JobId Id, long Fence)> jobs,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => throw NotTheApis();

    public Task<IReadOnlyList<SweptJob>> ExpireAsync(LeaderTerm term, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        throw NotTheApis();

    public Task<IReadOnlyList<SweptJob>> RecoverAsync(
        LeaderTerm term,
        DateTimeOffset now,
        DateTimeOffset workerSeenBefore,
        int maxAttempts,
        int limit,
        CancellationToken cancellationToken
    ) => throw NotTheApis();

    public Task<IReadOnlyList<QueuedJob>> RecallAsync(
        LeaderTerm term,
        IReadOnlyList<(JobId Id, long Fence)> jobs,
        CancellationToken cancellationToken
    ) => throw NotTheApis();

    public Task<IReadOnlyList<StartedJob?>> StartAsync(IReadOnlyList<AttemptStart> starts, CancellationToken cancellationToken) =>
        throw NotTheApis();

    public Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<ChunkAppend> appends, CancellationToken cancellationToken) =>
        throw NotTheApis();

    public Task<IReadOnlyList<FinishOutcome>> FinishAsync(IReadOnlyList<AttemptEnd> ends, CancellationToken cancellationToken) =>
        throw NotTheApis();

    public Task<bool> HandBackAsync(JobId id, long fence, CancellationToken cancellationToken) => throw NotTheApis();

    public Task<IReadOnlyList<JobDetails>> FindManyAsync(IReadOnlyList<JobId> ids, CancellationToken cancellationToken) =>
        throw NotTheApis();

    public Task<IReadOnlyList<JobDetails>> ReadEndedOfBatchAsync(
        int tenantId,
        string batchId,
        JobId? after,
        int limit,
        CancellationToken cancellationToken
    ) => throw NotTheApis();

    public Task<int> PurgeIdempotencyKeysAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) => throw NotTheApis();

    public Task<StartedJob?> StartAsync(AttemptStart start, CancellationToken cancellationToken) => throw NotTheApis();

    public Task<bool> AppendAsync(ChunkAppend append, CancellationToken cancellationToken) => throw NotTheApis();

    public Task<FinishOutcome> FinishAsync(AttemptEnd end, CancellationToken cancellationToken) => throw NotTheApis();
}
