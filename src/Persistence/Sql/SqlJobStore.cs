using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;

namespace InferenceBroker.Persistence.Sql;

/// <summary>
/// What both databases do with the same statements. The hot path (insert, claim, start, append, finish) is each database's own: sets of rows in
/// PostgreSQL, prepared statements in one transaction in SQLite.
/// </summary>
internal abstract partial class SqlJobStore(ISqlDatabase database) : IRetryAwareJobStore
{
    public abstract Task InsertAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<SubmitOutcome>> InsertManyOnceAsync(
        IReadOnlyList<NewJob> jobs,
        IReadOnlyList<IdempotencyKey> keys,
        CancellationToken cancellationToken
    );

    public abstract Task<IReadOnlySet<JobId>> ClaimAsync(
        LeaderTerm term,
        IReadOnlyList<Claim> claims,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    public abstract Task<IReadOnlyList<QueuedJob>> RecallAsync(
        LeaderTerm term,
        IReadOnlyList<(JobId Id, long Fence)> jobs,
        CancellationToken cancellationToken
    );

    public abstract Task<IReadOnlyList<StartedJob?>> StartAsync(IReadOnlyList<AttemptStart> starts, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<ChunkAppend> appends, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<FinishOutcome>> FinishAsync(IReadOnlyList<AttemptEnd> ends, CancellationToken cancellationToken);

    public async Task<SubmitOutcome> InsertOnceAsync(NewJob job, IdempotencyKey key, CancellationToken cancellationToken)
    {
        var outcomes = await InsertManyOnceAsync([job], [key], cancellationToken);
        return outcomes[0];
    }

    public async Task<int> PurgeIdempotencyKeysAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        const string Sql = """
            DELETE FROM idempotency_keys WHERE (tenant_id, key) IN (
                SELECT tenant_id, key FROM idempotency_keys WHERE created_at < $1 ORDER BY created_at LIMIT $2)
            RETURNING tenant_id
            """;
        var purged = await database.WriteAsync(Sql, [before, limit], row => row.Int(), cancellationToken);
        return purged.Count;
    }

    /// <exception cref="TermOverException">Another leader acts.</exception>
    protected Task HoldTermAsync(ISqlTransaction transaction, LeaderTerm term, CancellationToken cancellationToken) =>
        LeaseHold.HoldAsync(database, transaction, term, cancellationToken);
}
