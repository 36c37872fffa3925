using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;

namespace InferenceBroker.Scheduler.Tests.Fakes;

/// <summary>The scheduler's part of the job store in memory. Answers at once, unless a test holds it back.</summary>
internal sealed partial class FakeJobStore : IJobStore
{
    private readonly Lock _lock = new();

    public SortedDictionary<JobId, FakeRow> Rows { get; } = [];

    /// <summary>The term that may write; null: any.</summary>
    public long? CurrentTerm { get; set; }

    /// <summary>Thrown by the next claim, once.</summary>
    public Exception? ClaimFailure { get; set; }

    /// <summary>Thrown by every read while set.</summary>
    public Exception? ReadFailure { get; set; }

    /// <summary>While set, claims wait for it.</summary>
    public TaskCompletionSource? ClaimGate { get; set; }

    public List<int> ClaimSizes { get; } = [];

    public List<QueuePage> PagesRead { get; } = [];

    /// <summary>What the next recovery sweep finds.</summary>
    public List<SweptJob> ToRecover { get; } = [];

    public void Add(QueuedJob job)
    {
        lock (_lock)
        {
            Rows.Add(job.Id, new FakeRow(job));
        }
    }

    /// <summary>The attempt ended and the job waits again, and nobody told the scheduler.</summary>
    public QueuedJob StoredAgain(Guid id)
    {
        lock (_lock)
        {
            var row = Rows[new JobId(id)];
            (row.State, row.Fence, row.Endpoint) = (JobState.Queued, row.Fence + 1, null);
            return row.AsQueued();
        }
    }

    public async Task<IReadOnlySet<JobId>> ClaimAsync(
        LeaderTerm term,
        IReadOnlyList<Claim> claims,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        ClaimSizes.Add(claims.Count);
        if (ClaimGate is { } gate)
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        CheckTerm(term);
        if (ClaimFailure is { } failure)
        {
            ClaimFailure = null;
            throw failure;
        }

        lock (_lock)
        {
            return claims.Where(c => TryClaim(c, now)).Select(c => c.Id).ToHashSet();
        }
    }

    public Task<IReadOnlyList<QueueCount>> CountQueuedAsync(CancellationToken cancellationToken)
    {
        ThrowIfDown();
        lock (_lock)
        {
            IReadOnlyList<QueueCount> counts =
            [
                .. Queued().GroupBy(r => (r.Job.TenantId, r.Job.Lane)).Select(g => new QueueCount(g.Key.TenantId, g.Key.Lane, g.Count())),
            ];
            return Task.FromResult(counts);
        }
    }

    public Task<IReadOnlyList<QueuedJob>> ReadQueuedAsync(QueuePage page, CancellationToken cancellationToken)
    {
        ThrowIfDown();
        lock (_lock)
        {
            PagesRead.Add(page);
            var rows = Queued().Where(r => r.Job.TenantId == page.TenantId && r.Job.Lane == page.Lane);
            IReadOnlyList<QueuedJob> jobs =
            [
                .. rows.Where(r => page.After is not { } after || r.Job.Id > after).Take(page.Limit).Select(r => r.AsQueued()),
            ];
            return Task.FromResult(jobs);
        }
    }

    public Task<IReadOnlyList<InFlightJob>> ReadInFlightAsync(CancellationToken cancellationToken)
    {
        ThrowIfDown();
        lock (_lock)
        {
            IReadOnlyList<InFlightJob> jobs =
            [
                .. Rows
                    .Values.Where(r => r.State is JobState.Dispatched or JobState.Running)
                    .Select(r => new InFlightJob(
                        r.Job.Id,
                        r.Job.TenantId,
                        r.Fence,
                        r.State,
                        r.Endpoint!,
                        r.Job.EstimatedInputTokens,
                        r.Job.EstimatedOutputTokens,
                        r.DispatchedAt,
                        r.Job.ApiKeyId,
                        r.Job.Lane,
                        r.Job.BatchHash,
                        r.State == JobState.Running ? r.DispatchedAt : null
                    )),
            ];
            return Task.FromResult(jobs);
        }
    }

    public Task<IReadOnlyList<SweptJob>> RefuseCostlyAsync(
        LeaderTerm term,
        IReadOnlyList<(JobId Id, long Fence)> jobs,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        CheckTerm(term);
        lock (_lock)
        {
            var rows = jobs.Select(job => Rows[job.Id]).Where(row => row.State == JobState.Queued).ToList();
            rows.ForEach(row => row.State = JobState.Failed);
            IReadOnlyList<SweptJob> refused =
            [
                .. rows.Select(row => new SweptJob(row.Job.Id, JobState.Failed, Endpoint: null, Requeued: null)),
            ];
            return Task.FromResult(refused);
        }
    }

    public Task<IReadOnlyList<SweptJob>> ExpireAsync(LeaderTerm term, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        CheckTerm(term);
        ThrowIfDown();
        lock (_lock)
        {
            var due = Rows.Values.Where(r => r.State <= JobState.Dispatched && r.Job.Deadline <= now).Take(limit).ToList();
            due.ForEach(r => r.State = JobState.Expired);
            IReadOnlyList<SweptJob> swept = [.. due.Select(r => new SweptJob(r.Job.Id, JobState.Expired, r.Endpoint, Requeued: null))];
            return Task.FromResult(swept);
        }
    }

    public Task<IReadOnlyList<SweptJob>> RecoverAsync(
        LeaderTerm term,
        DateTimeOffset now,
        DateTimeOffset workerSeenBefore,
        int maxAttempts,
        int limit,
        CancellationToken cancellationToken
    )
    {
        CheckTerm(term);
        IReadOnlyList<SweptJob> swept = [.. ToRecover];
        ToRecover.Clear();
        return Task.FromResult(swept);
    }

    public Task<int> PurgeIdempotencyKeysAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) => Task.FromResult(0);

    private bool TryClaim(Claim claim, DateTimeOffset now)
    {
        if (!Rows.TryGetValue(claim.Id, out var row) || row.State != JobState.Queued || row.Fence != claim.Fence)
        {
            return false;
        }

        row.State = JobState.Dispatched;
        row.Fence++;
        row.Endpoint = claim.Endpoint;
        row.DispatchedAt = now;
        return true;
    }

    private IEnumerable<FakeRow> Queued() => Rows.Values.Where(r => r.State == JobState.Queued);

    private void ThrowIfDown()
    {
        if (ReadFailure is { } failure)
        {
            throw failure;
        }
    }

    private void CheckTerm(LeaderTerm term)
    {
        if (CurrentTerm is { } current && current != term.Term)
        {
            throw new TermOverException(term);
        }
    }
}
