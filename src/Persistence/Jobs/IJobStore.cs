using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Leadership;

namespace InferenceBroker.Persistence.Jobs;

/// <summary>
/// The jobs in the database: the authority over every job's state. Thread safe. Methods that take a list run one multi-row statement in one
/// transaction (all or nothing) and want each job at most once in it. Times are given by the caller, from the one injected clock.
/// </summary>
public interface IJobStore
{
    // ── Submission ──────────────────────────────────────────────────────────────────────────────────────────────

    /// <summary>Stores new jobs as queued. <c>job.queued</c> has sequence number 1.</summary>
    Task InsertAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken);

    /// <summary>Stores a new job unless its key was used before; exactly one of any number of simultaneous callers creates it.</summary>
    Task<SubmitOutcome> InsertOnceAsync(NewJob job, IdempotencyKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Stores those of the jobs of one tenant that are new by their key (pairs at the same position) and returns what became of each.
    /// </summary>
    Task<IReadOnlyList<SubmitOutcome>> InsertManyOnceAsync(
        IReadOnlyList<NewJob> jobs,
        IReadOnlyList<IdempotencyKey> keys,
        CancellationToken cancellationToken
    );

    // ── Scheduling: every write checks the leader's term ────────────────────────────────────────────────────────

    /// <summary>
    /// queued → dispatched for every claim whose row is still queued with its fence; returns the ids that moved, each with fence + 1.
    /// </summary>
    /// <exception cref="TermOverException">Nothing was written.</exception>
    Task<IReadOnlySet<JobId>> ClaimAsync(
        LeaderTerm term,
        IReadOnlyList<Claim> claims,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    Task<IReadOnlyList<QueueCount>> CountQueuedAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<QueuedJob>> ReadQueuedAsync(QueuePage page, CancellationToken cancellationToken);

    /// <summary>Every dispatched and running job.</summary>
    Task<IReadOnlyList<InFlightJob>> ReadInFlightAsync(CancellationToken cancellationToken);

    /// <summary>Of the given jobs those that are queued, as they stand now: for checking an index against the authority.</summary>
    Task<IReadOnlyList<QueuedJob>> ReadQueuedByIdAsync(IReadOnlyList<JobId> ids, CancellationToken cancellationToken);

    /// <summary>queued → failed, where the fence matches: too costly for their own limit.</summary>
    /// <exception cref="TermOverException">Nothing was written.</exception>
    Task<IReadOnlyList<SweptJob>> RefuseCostlyAsync(
        LeaderTerm term,
        IReadOnlyList<(JobId Id, long Fence)> jobs,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>queued or dispatched, deadline passed → expired. At most <paramref name="limit"/> jobs.</summary>
    /// <exception cref="TermOverException">Nothing was written.</exception>
    Task<IReadOnlyList<SweptJob>> ExpireAsync(LeaderTerm term, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the attempts of running jobs whose worker was last seen before <paramref name="workerSeenBefore"/> (or is not registered) and of
    /// those past their attempt deadline: an attempt row (<c>worker_lost</c> or <c>timeout</c>), then queued, or failed where the replay
    /// policy is <c>never</c> (or <c>if_no_output</c> with chunks stored) or an overdue attempt was the last one of
    /// <paramref name="maxAttempts"/>, expired where the deadline has passed, cancelled where that was asked for.
    /// Losing a worker costs the job no attempt; an overdue attempt costs one.
    /// </summary>
    /// <exception cref="TermOverException">Nothing was written.</exception>
    Task<IReadOnlyList<SweptJob>> RecoverAsync(
        LeaderTerm term,
        DateTimeOffset now,
        DateTimeOffset workerSeenBefore,
        int maxAttempts,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>dispatched → queued for jobs with this fence: a recalled dispatch. Returns them as queued, each with fence + 1.</summary>
    /// <exception cref="TermOverException">Nothing was written.</exception>
    Task<IReadOnlyList<QueuedJob>> RecallAsync(
        LeaderTerm term,
        IReadOnlyList<(JobId Id, long Fence)> jobs,
        CancellationToken cancellationToken
    );

    // ── Work: every write checks the job's fence ────────────────────────────────────────────────────────────────

    /// <summary>
    /// dispatched → running where the fence matches; takes the next attempt number and sequence number and returns the job with its body.
    /// Positions of attempts that may not start (cancelled, recalled, already started) hold null.
    /// </summary>
    Task<IReadOnlyList<StartedJob?>> StartAsync(IReadOnlyList<AttemptStart> starts, CancellationToken cancellationToken);

    /// <summary>Stores chunks and moves the job's last sequence number. False at positions whose fence is old or whose job does not run.</summary>
    Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<ChunkAppend> appends, CancellationToken cancellationToken);

    /// <summary>
    /// Ends attempts: attempt row, job row and answer in one transaction. <c>attempt.ended</c> takes the sequence number after
    /// <see cref="AttemptEnd.LastSequence"/>, a terminal event the one after that. A requeued job gets fence + 1.
    /// </summary>
    Task<IReadOnlyList<FinishOutcome>> FinishAsync(IReadOnlyList<AttemptEnd> ends, CancellationToken cancellationToken);

    /// <summary>dispatched → queued for an attempt that a worker could not start; its fence grows by 1. False where the fence is old.</summary>
    Task<bool> HandBackAsync(JobId id, long fence, CancellationToken cancellationToken);

    // ── The owner's view: every read and write names the tenant ─────────────────────────────────────────────────

    /// <summary>queued or dispatched → cancelled at once; a running job is marked, and its worker ends it.</summary>
    Task<CancelOutcome> CancelAsync(int tenantId, JobId id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Null: no such job for this tenant.</summary>
    Task<JobDetails?> FindAsync(int tenantId, JobId id, CancellationToken cancellationToken);

    /// <summary>Many at once, for callers that wait for several jobs; unknown ids are left out.</summary>
    Task<IReadOnlyList<JobDetails>> FindManyAsync(IReadOnlyList<JobId> ids, CancellationToken cancellationToken);

    Task<IReadOnlyList<StoredJob>> ListAsync(JobFilter filter, CancellationToken cancellationToken);

    /// <summary>The log after a sequence number, consistent in itself. Null: no such job for this tenant.</summary>
    Task<JobLog?> ReadLogAsync(int tenantId, JobId id, int afterSequence, CancellationToken cancellationToken);

    /// <summary>How many queued jobs of the same tenant and lane are older, counted up to 10,000.</summary>
    Task<int> CountAheadAsync(StoredJob job, CancellationToken cancellationToken);

    /// <summary>Removes a finished job with body, answer, attempts and log. False: not there or not finished.</summary>
    Task<bool> DeleteAsync(int tenantId, JobId id, CancellationToken cancellationToken);

    /// <summary>Jobs of a batch that have ended, in order of their id, after the given one: for collecting results.</summary>
    Task<IReadOnlyList<JobDetails>> ReadEndedOfBatchAsync(
        int tenantId,
        string batchId,
        JobId? after,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Removes idempotency keys made before the given time, at most <paramref name="limit"/>; returns how many.</summary>
    Task<int> PurgeIdempotencyKeysAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
