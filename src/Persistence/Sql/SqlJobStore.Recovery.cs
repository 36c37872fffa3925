using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;

namespace InferenceBroker.Persistence.Sql;

internal abstract partial class SqlJobStore
{
    private string LostSql =>
        $"""
            SELECT id, fence, attempt, attempts_spent, worker_id, endpoint, attempt_started_at, started_seq, last_seq, replay, deadline,
                cancel_requested_at, attempt_deadline
            FROM jobs
            WHERE {StateFilters.IsRunning} AND (
                attempt_deadline < $1
                OR NOT EXISTS (SELECT 1 FROM workers WHERE workers.id = jobs.worker_id AND last_seen_at >= $2))
            ORDER BY id LIMIT $3{database.ForUpdateSkipLocked}
            """;

    public Task<IReadOnlyList<SweptJob>> RecoverAsync(
        LeaderTerm term,
        DateTimeOffset now,
        DateTimeOffset workerSeenBefore,
        int maxAttempts,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.TransactAsync<IReadOnlyList<SweptJob>>(
            async transaction =>
            {
                await HoldTermAsync(transaction, term, cancellationToken);
                var lost = await transaction.QueryAsync(LostSql, [now, workerSeenBefore, limit], row => Lost(row, now), cancellationToken);
                if (lost.Count == 0)
                {
                    return [];
                }

                var ends = lost.ConvertAll(attempt => RecoveryVerdict.Decide(attempt, now, maxAttempts));
                await ApplyEndsAsync(transaction, ends, cancellationToken);
                var requeued = await ReadRequeuedAsync(transaction, ends, cancellationToken);
                return ends.ConvertAll(end => new SweptJob(end.Id, end.Next, end.Endpoint, requeued.GetValueOrDefault(end.Id)));
            },
            cancellationToken
        );

    /// <summary>Writes the ends of attempts whose rows are locked and known to match, as the sweep's word.</summary>
    protected abstract Task ApplyEndsAsync(ISqlTransaction transaction, List<AttemptEnd> ends, CancellationToken cancellationToken);

    private async Task<Dictionary<JobId, QueuedJob>> ReadRequeuedAsync(
        ISqlTransaction transaction,
        List<AttemptEnd> ends,
        CancellationToken cancellationToken
    )
    {
        var ids = ends.Where(end => end.Next == JobState.Queued).Select(end => end.Id.Value).ToArray();
        var sql = $"SELECT {JobColumns.Queued} FROM jobs WHERE {database.IsAnyOf("id", 1)}";
        var jobs = await transaction.QueryAsync(sql, [ids], JobRecords.Queued, cancellationToken);
        return jobs.ToDictionary(job => job.Id);
    }

    private static LostAttempt Lost(ColumnReader row, DateTimeOffset now) =>
        new(
            Id: new JobId(row.Id()),
            Fence: row.Long(),
            Attempt: row.Int(),
            AttemptsSpent: row.Int(),
            WorkerId: row.Id(),
            Endpoint: row.Text(),
            StartedAt: row.Time(),
            StartedSequence: row.Int(),
            LastSequence: row.Int(),
            Replay: (ReplayPolicy)row.Short(),
            Deadline: row.TimeOrNull(),
            CancelRequested: row.TimeOrNull() is not null,
            Overdue: row.TimeOrNull() < now
        );
}
