using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Sqlite;

internal sealed partial class SqliteJobStore
{
    private const string InsertJob = """
        INSERT INTO jobs (state, fence, attempt, attempts_spent, last_seq, started_seq, cost, id, tenant_id, api_key_id, operation, model,
            streaming, priority, lane, created_at, not_before, deadline, estimated_input_tokens, estimated_output_tokens, replay, max_cost,
            fallbacks, route, needs, affinity, batch_hash)
        VALUES (0, 0, 0, 0, 1, 0, 0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string InsertPayload = """
        INSERT INTO job_payloads (job_id, tenant_id, metadata, batch_id, custom_id, body, options) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (job_id) DO NOTHING
        """;

    private const string TakeKey = """
        INSERT INTO idempotency_keys (tenant_id, key, job_id, request_hash, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant_id, key) DO NOTHING
        """;

    public override Task InsertAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            session =>
            {
                foreach (var job in jobs)
                {
                    Insert(session, job);
                }

                return jobs.Count;
            },
            cancellationToken
        );

    public override async Task<IReadOnlyList<SubmitOutcome>> InsertManyOnceAsync(
        IReadOnlyList<NewJob> jobs,
        IReadOnlyList<IdempotencyKey> keys,
        CancellationToken cancellationToken
    )
    {
        await _database.WriteAsync(
            session =>
            {
                for (var i = 0; i < jobs.Count; i++)
                {
                    var (job, key) = (jobs[i], keys[i]);
                    var values = new object?[] { job.TenantId, StoredText.Clean(key.Key), job.Id.Value, key.RequestHash, job.CreatedAt };
                    if (session.Execute(TakeKey, values) > 0)
                    {
                        Insert(session, job);
                    }
                }

                return jobs.Count;
            },
            cancellationToken
        );
        return await ReadOutcomesAsync(jobs, keys, cancellationToken);
    }

    private static void Insert(SqliteSession session, NewJob job)
    {
        session.Execute(
            InsertJob,
            [
                job.Id.Value,
                job.TenantId,
                job.ApiKeyId,
                (short)job.Operation,
                StoredText.Clean(job.Model),
                job.Streaming,
                job.Priority,
                (short)job.Lane,
                job.CreatedAt,
                job.NotBefore,
                job.Deadline,
                job.EstimatedInputTokens,
                job.EstimatedOutputTokens,
                (short)job.Replay,
                job.MaxCostNanoUsd,
                StoredText.JoinLines(job.Fallbacks),
                StoredText.Clean(job.Route),
                job.Needs,
                job.Affinity,
                job.BatchHash,
            ]
        );
        session.Execute(
            InsertPayload,
            [
                job.Id.Value,
                job.TenantId,
                StoredText.Clean(job.Metadata),
                StoredText.Clean(job.BatchId),
                StoredText.Clean(job.CustomId),
                job.Body,
                StoredText.Clean(job.Options),
            ]
        );
    }
}
