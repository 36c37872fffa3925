using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;

namespace InferenceBroker.Persistence.Sql;

internal abstract partial class SqlJobStore
{
    public async Task<IReadOnlyList<QueueCount>> CountQueuedAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            $"SELECT tenant_id, lane, count(*) FROM jobs WHERE {StateFilters.IsQueued} GROUP BY tenant_id, lane ORDER BY tenant_id, lane",
            [],
            row => new QueueCount(row.Int(), (Lane)row.Short(), row.Long()),
            cancellationToken
        );

    public async Task<IReadOnlyList<QueuedJob>> ReadQueuedAsync(QueuePage page, CancellationToken cancellationToken)
    {
        const string Sql =
            $"SELECT {JobColumns.Queued} FROM jobs WHERE tenant_id = $1 AND lane = $2 AND {StateFilters.IsQueued} AND id > $3 ORDER BY id LIMIT $4";
        return await database.ReadAsync(
            Sql,
            [page.TenantId, (short)page.Lane, page.After?.Value ?? Guid.Empty, page.Limit],
            JobRecords.Queued,
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<InFlightJob>> ReadInFlightAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            $"SELECT {JobColumns.InFlight} FROM jobs WHERE {StateFilters.IsInFlight} ORDER BY id",
            [],
            JobRecords.InFlight,
            cancellationToken
        );

    public async Task<IReadOnlyList<QueuedJob>> ReadQueuedByIdAsync(IReadOnlyList<JobId> ids, CancellationToken cancellationToken)
    {
        var sql = $"SELECT {JobColumns.Queued} FROM jobs WHERE {database.IsAnyOf("id", 1)} AND state = 0 ORDER BY id";
        return await database.ReadAsync(sql, [Values(ids)], JobRecords.Queued, cancellationToken);
    }

    public async Task<bool> HandBackAsync(JobId id, long fence, CancellationToken cancellationToken)
    {
        const string Sql = """
            UPDATE jobs SET state = 0, fence = fence + 1, endpoint = NULL, dispatched_at = NULL
            WHERE id = $1 AND fence = $2 AND state = 1 RETURNING id
            """;
        var moved = await database.WriteAsync(Sql, [id.Value, fence], JobRecords.Id, cancellationToken);
        return moved.Count > 0;
    }

    public Task<IReadOnlyList<SweptJob>> RefuseCostlyAsync(
        LeaderTerm term,
        IReadOnlyList<(JobId Id, long Fence)> jobs,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        const string Sql = $"""
            UPDATE jobs SET
                state = 4, fence = fence + 1, last_seq = last_seq + 1, ended_at = $3,
                error_code = $4, error_message = $5, error_type = $6, error_param = $7
            WHERE id = $1 AND fence = $2 AND {StateFilters.IsQueued}
            RETURNING id
            """;
        var error = SweepErrors.TooCostly;
        return database.TransactAsync<IReadOnlyList<SweptJob>>(
            async transaction =>
            {
                await HoldTermAsync(transaction, term, cancellationToken);
                var refused = new List<SweptJob>();
                foreach (var (id, fence) in jobs)
                {
                    object?[] values = [id.Value, fence, now, error.Code, error.Message, error.Type, error.Param];
                    var moved = await transaction.QueryAsync(Sql, values, JobRecords.Id, cancellationToken);
                    refused.AddRange(moved.Select(job => new SweptJob(job, JobState.Failed, Endpoint: null, Requeued: null)));
                }

                return refused;
            },
            cancellationToken
        );
    }

    public Task<IReadOnlyList<SweptJob>> ExpireAsync(LeaderTerm term, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var sql = $"""
            UPDATE jobs SET
                state = 6, fence = fence + 1, last_seq = last_seq + 1, dispatched_at = NULL, ended_at = $1,
                error_code = $3, error_message = $4, error_type = $5, error_param = NULL
            WHERE id IN (
                SELECT id FROM jobs WHERE {StateFilters.HasNotStarted} AND deadline IS NOT NULL AND deadline <= $1
                ORDER BY deadline LIMIT $2{database.ForUpdateSkipLocked})
            RETURNING id, endpoint
            """;
        var error = SweepErrors.Expired;
        return database.TransactAsync<IReadOnlyList<SweptJob>>(
            async transaction =>
            {
                await HoldTermAsync(transaction, term, cancellationToken);
                return await transaction.QueryAsync(
                    sql,
                    [now, limit, error.Code, error.Message, error.Type],
                    row => new SweptJob(new JobId(row.Id()), JobState.Expired, row.TextOrNull(), Requeued: null),
                    cancellationToken
                );
            },
            cancellationToken
        );
    }
}
