using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Sql;
using Npgsql;
using NpgsqlTypes;

namespace InferenceBroker.Persistence.Postgres;

internal sealed partial class PostgresJobStore
{
    private const string JobsToInsert = """
        SELECT id, tenant_id, api_key_id, state, fence, attempt, attempts_spent, last_seq, started_seq, cost, operation, model, streaming, priority,
            lane, created_at, not_before, deadline, estimated_input_tokens, estimated_output_tokens, replay, max_cost, fallbacks,
            route, needs, affinity, batch_hash
        FROM (
            SELECT e.*, 0 AS state, 0 AS fence, 0 AS attempt, 0 AS attempts_spent, 1 AS last_seq, 0 AS started_seq, 0 AS cost
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $22, $23, $24, $25)
            AS e(id, tenant_id, api_key_id, operation, model, streaming, priority, lane, created_at, not_before, deadline,
                estimated_input_tokens, estimated_output_tokens, replay, max_cost, fallbacks, route, needs, affinity, batch_hash)) AS e
        """;

    private const string JobsTarget = """
        INSERT INTO jobs (id, tenant_id, api_key_id, state, fence, attempt, attempts_spent, last_seq, started_seq, cost, operation, model, streaming,
            priority, lane, created_at, not_before, deadline, estimated_input_tokens, estimated_output_tokens, replay, max_cost, fallbacks,
            route, needs, affinity, batch_hash)
        """;

    private const string PayloadsTarget = "INSERT INTO job_payloads (job_id, tenant_id, metadata, batch_id, custom_id, body, options)";

    private const string PayloadsToInsert = """
        SELECT job_id, tenant_id, metadata, batch_id, custom_id, body, options
        FROM unnest($1, $2, $17, $18, $19, $20, $21) AS p(job_id, tenant_id, metadata, batch_id, custom_id, body, options)
        """;

    // A repeated insert, after a connection that broke before its answer came, finds its own rows.
    private const string InsertSql = $"""
        WITH new_jobs AS ({JobsTarget} {JobsToInsert} ON CONFLICT (id) DO NOTHING)
        {PayloadsTarget} {PayloadsToInsert} ON CONFLICT (job_id) DO NOTHING
        """;

    private const string InsertOnceSql = $"""
        WITH taken AS (
            INSERT INTO idempotency_keys (tenant_id, key, job_id, request_hash, created_at)
            SELECT tenant_id, key, job_id, request_hash, created_at
            FROM unnest($2, $26, $1, $27, $9) AS k(tenant_id, key, job_id, request_hash, created_at) ORDER BY key
            ON CONFLICT (tenant_id, key) DO NOTHING RETURNING job_id),
        new_jobs AS ({JobsTarget} {JobsToInsert} WHERE id IN (SELECT job_id FROM taken)),
        new_payloads AS ({PayloadsTarget} {PayloadsToInsert} WHERE job_id IN (SELECT job_id FROM taken))
        SELECT job_id FROM taken
        """;

    public override async Task InsertAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken)
    {
        if (jobs.Count == 0)
        {
            return;
        }

        await using var command = _source.CreateCommand(InsertSql);
        AddJobs(command, Sorted(jobs, job => job.Id));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task<IReadOnlyList<SubmitOutcome>> InsertManyOnceAsync(
        IReadOnlyList<NewJob> jobs,
        IReadOnlyList<IdempotencyKey> keys,
        CancellationToken cancellationToken
    )
    {
        if (jobs.Count == 0)
        {
            return [];
        }

        await using (var command = _source.CreateCommand(InsertOnceSql))
        {
            AddJobs(command, jobs);
            command.AddColumn(keys, NpgsqlDbType.Text, key => StoredText.Clean(key.Key));
            command.AddColumn(keys, NpgsqlDbType.Bytea, key => key.RequestHash);
            var created = await command.ReadAllAsync(JobRecords.Id, cancellationToken);
            if (created.Count == jobs.Count)
            {
                return [.. jobs.Select(job => new SubmitOutcome(SubmitOutcomeKind.Created, job.Id))];
            }
        }

        // ON CONFLICT waited for whoever came first, so a statement that begins now sees his row.
        return await ReadOutcomesAsync(jobs, keys, cancellationToken);
    }

    private static void AddJobs(NpgsqlCommand command, IReadOnlyList<NewJob> jobs)
    {
        command.AddColumn(jobs, NpgsqlDbType.Uuid, job => job.Id.Value);
        command.AddColumn(jobs, NpgsqlDbType.Integer, job => job.TenantId);
        command.AddColumn(jobs, NpgsqlDbType.Integer, job => job.ApiKeyId);
        command.AddColumn(jobs, NpgsqlDbType.Smallint, job => (short)job.Operation);
        command.AddColumn(jobs, NpgsqlDbType.Text, job => StoredText.Clean(job.Model));
        command.AddColumn(jobs, NpgsqlDbType.Boolean, job => job.Streaming);
        command.AddColumn(jobs, NpgsqlDbType.Smallint, job => job.Priority);
        command.AddColumn(jobs, NpgsqlDbType.Smallint, job => (short)job.Lane);
        command.AddColumn(jobs, NpgsqlDbType.TimestampTz, job => job.CreatedAt.UtcDateTime);
        command.AddColumn(jobs, NpgsqlDbType.TimestampTz, job => Utc(job.NotBefore));
        command.AddColumn(jobs, NpgsqlDbType.TimestampTz, job => Utc(job.Deadline));
        command.AddColumn(jobs, NpgsqlDbType.Integer, job => job.EstimatedInputTokens);
        command.AddColumn(jobs, NpgsqlDbType.Integer, job => job.EstimatedOutputTokens);
        command.AddColumn(jobs, NpgsqlDbType.Smallint, job => (short)job.Replay);
        command.AddColumn(jobs, NpgsqlDbType.Bigint, job => job.MaxCostNanoUsd);
        command.AddColumn(jobs, NpgsqlDbType.Text, job => StoredText.JoinLines(job.Fallbacks));
        command.AddColumn(jobs, NpgsqlDbType.Text, job => StoredText.Clean(job.Metadata));
        command.AddColumn(jobs, NpgsqlDbType.Text, job => StoredText.Clean(job.BatchId));
        command.AddColumn(jobs, NpgsqlDbType.Text, job => StoredText.Clean(job.CustomId));
        command.AddColumn(jobs, NpgsqlDbType.Bytea, job => job.Body);
        command.AddColumn(jobs, NpgsqlDbType.Text, job => StoredText.Clean(job.Options));
        command.AddColumn(jobs, NpgsqlDbType.Text, job => StoredText.Clean(job.Route));
        command.AddColumn(jobs, NpgsqlDbType.Integer, job => job.Needs);
        command.AddColumn(jobs, NpgsqlDbType.Bigint, job => job.Affinity);
        command.AddColumn(jobs, NpgsqlDbType.Bigint, job => job.BatchHash);
    }
}
