using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Sql;
using Npgsql;
using NpgsqlTypes;

namespace InferenceBroker.Persistence.Postgres;

internal sealed partial class PostgresJobStore
{
    private const string Ends = """
        e AS MATERIALIZED (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)
            AS e(e_id, e_fence, e_attempt, e_next, e_last, e_spent, e_not_before, e_tried, e_ended, e_input, e_output, e_cost,
                e_code, e_message, e_type, e_param, e_worker, e_endpoint, e_model, e_outcome, e_failure, e_failure_message, e_started,
                e_ttft, e_started_seq, e_swept, e_route))
        """;

    private const string AttemptsTarget = """
        INSERT INTO attempts (job_id, number, fence, worker_id, endpoint, upstream_model, outcome, failure, failure_message, started_at,
            ended_at, ttft_ms, started_seq, ended_seq, input_tokens, output_tokens, cost, swept)
        """;

    // In the order of the key, so that two statements lock their rows in the same order.
    private const string Charge = """
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (tenant_id, api_key_id, day) DO UPDATE SET cost = spend.cost + excluded.cost
        """;

    private const string FinishSql = $"""
        WITH {Ends},
        moved AS ({JobMoves.Finish} RETURNING id, state, last_seq, started_seq, tenant_id, api_key_id),
        charged AS (
            INSERT INTO spend (tenant_id, api_key_id, day, cost)
            SELECT tenant_id, api_key_id, (e_ended AT TIME ZONE 'UTC')::date - date '0001-01-01', sum(e_cost)::bigint
            FROM e JOIN moved ON id = e_id WHERE e_cost > 0 {Charge}),
        answered AS (
            INSERT INTO job_results (job_id, status_code, body)
            SELECT r_id, r_status, r_body FROM unnest($28, $29, $30) AS r(r_id, r_status, r_body) JOIN moved ON id = r_id),
        ended AS (
            {AttemptsTarget}
            SELECT e_id, e_attempt, e_fence, e_worker, e_endpoint, e_model, e_outcome, e_failure, e_failure_message, e_started,
                e_ended, e_ttft, started_seq, last_seq - CASE WHEN state >= 3 THEN 1 ELSE 0 END, e_input, e_output, e_cost, e_swept
            FROM e JOIN moved ON id = e_id)
        SELECT id FROM moved
        """;

    // A row of the recovery sweep learns what its attempt cost after all; any other row is that of this very report, or of an earlier one.
    private const string SupersedeSql = $"""
        WITH {Ends},
        recorded AS (
            {AttemptsTarget}
            SELECT e_id, e_attempt, e_fence, e_worker, e_endpoint, e_model, 2, e_failure, e_failure_message, e_started,
                e_ended, e_ttft, e_started_seq, NULL, e_input, e_output, e_cost, false
            FROM e WHERE EXISTS (SELECT 1 FROM jobs WHERE id = e_id)
            ON CONFLICT (job_id, number) DO UPDATE SET outcome = 2, ended_at = excluded.ended_at, ttft_ms = excluded.ttft_ms,
                input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens, cost = excluded.cost
            WHERE attempts.swept AND attempts.outcome <> 2
            RETURNING job_id, cost, ended_at),
        costly AS (
            UPDATE jobs SET cost = jobs.cost + recorded.cost FROM recorded WHERE jobs.id = recorded.job_id AND recorded.cost > 0
            RETURNING tenant_id, api_key_id, recorded.cost AS added, recorded.ended_at AS at)
        INSERT INTO spend (tenant_id, api_key_id, day, cost)
        SELECT tenant_id, api_key_id, (at AT TIME ZONE 'UTC')::date - date '0001-01-01', sum(added)::bigint FROM costly {Charge}
        """;

    private const string FinishedBeforeSql = """
        SELECT job_id FROM unnest($1, $2, $3, $4) AS e(e_id, e_fence, e_attempt, e_worker)
        JOIN attempts ON job_id = e_id AND number = e_attempt AND fence = e_fence AND worker_id = e_worker
        WHERE outcome <> 2 AND NOT swept
        """;

    public override async Task<IReadOnlyList<FinishOutcome>> FinishAsync(
        IReadOnlyList<AttemptEnd> ends,
        CancellationToken cancellationToken
    )
    {
        if (ends.Count == 0)
        {
            return [];
        }

        var sorted = Sorted(ends, end => end.Id);
        await using var command = FinishCommand(sorted, swept: false);
        var applied = (await command.ReadAllAsync(JobRecords.Id, cancellationToken)).ToHashSet();
        if (applied.Count < ends.Count)
        {
            var rest = sorted.Where(end => !applied.Contains(end.Id)).ToArray();
            applied.UnionWith(await SupersedeAsync(rest, cancellationToken));
        }

        return [.. ends.Select(end => applied.Contains(end.Id) ? FinishOutcome.Applied : FinishOutcome.Superseded)];
    }

    protected override async Task ApplyEndsAsync(ISqlTransaction transaction, List<AttemptEnd> ends, CancellationToken cancellationToken)
    {
        await using var command = FinishCommand(Sorted(ends, end => end.Id), swept: true);
        command.Connection = ((PostgresTransaction)transaction).Connection;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Returns those of the ends that had been applied before.</summary>
    private async Task<List<JobId>> SupersedeAsync(AttemptEnd[] ends, CancellationToken cancellationToken)
    {
        await using var before = _source.CreateCommand(FinishedBeforeSql);
        AddIds(before, ends, end => end.Id);
        before.AddColumn(ends, NpgsqlDbType.Bigint, end => end.Fence);
        before.AddColumn(ends, NpgsqlDbType.Integer, end => end.Attempt);
        before.AddColumn(ends, NpgsqlDbType.Uuid, end => end.WorkerId);
        var applied = await before.ReadAllAsync(JobRecords.Id, cancellationToken);

        await using var supersede = _source.CreateCommand(SupersedeSql);
        AddEnds(supersede, ends, swept: false);
        await supersede.ExecuteNonQueryAsync(cancellationToken);
        return applied;
    }

    private NpgsqlCommand FinishCommand(AttemptEnd[] ends, bool swept)
    {
        var command = swept ? new NpgsqlCommand(FinishSql) : _source.CreateCommand(FinishSql);
        AddEnds(command, ends, swept);
        var answered = Array.FindAll(ends, JobMoveValues.HasResult);
        AddIds(command, answered, end => end.Id);
        command.AddColumn(answered, NpgsqlDbType.Integer, end => end.StatusCode!.Value);
        command.AddColumn(answered, NpgsqlDbType.Bytea, end => end.ResponseBody ?? []);
        return command;
    }

    private static void AddEnds(NpgsqlCommand command, AttemptEnd[] ends, bool swept)
    {
        AddIds(command, ends, end => end.Id);
        command.AddColumn(ends, NpgsqlDbType.Bigint, end => end.Fence);
        command.AddColumn(ends, NpgsqlDbType.Integer, end => end.Attempt);
        command.AddColumn(ends, NpgsqlDbType.Smallint, end => (short)end.Next);
        command.AddColumn(ends, NpgsqlDbType.Integer, end => end.LastSequence);
        command.AddColumn(ends, NpgsqlDbType.Integer, JobMoveValues.Spent);
        command.AddColumn(ends, NpgsqlDbType.TimestampTz, end => Utc(end.NotBefore));
        command.AddColumn(ends, NpgsqlDbType.Text, JobMoveValues.Tried);
        command.AddColumn(ends, NpgsqlDbType.TimestampTz, end => end.EndedAt.UtcDateTime);
        command.AddColumn(ends, NpgsqlDbType.Integer, end => end.Usage?.InputTokens);
        command.AddColumn(ends, NpgsqlDbType.Integer, end => end.Usage?.OutputTokens);
        command.AddColumn(ends, NpgsqlDbType.Bigint, end => end.CostNanoUsd);
        command.AddColumn(ends, NpgsqlDbType.Text, end => StoredText.Clean(end.Error?.Code));
        command.AddColumn(ends, NpgsqlDbType.Text, end => StoredText.Clean(end.Error?.Message));
        command.AddColumn(ends, NpgsqlDbType.Text, end => StoredText.Clean(end.Error?.Type));
        command.AddColumn(ends, NpgsqlDbType.Text, end => StoredText.Clean(end.Error?.Param));
        command.AddColumn(ends, NpgsqlDbType.Uuid, end => end.WorkerId);
        command.AddColumn(ends, NpgsqlDbType.Text, end => end.Endpoint);
        command.AddColumn(ends, NpgsqlDbType.Text, end => end.UpstreamModel);
        command.AddColumn(ends, NpgsqlDbType.Smallint, end => (short)end.Outcome);
        command.AddColumn(ends, NpgsqlDbType.Smallint, end => (short)end.Failure);
        command.AddColumn(ends, NpgsqlDbType.Text, end => StoredText.Clean(end.FailureMessage));
        command.AddColumn(ends, NpgsqlDbType.TimestampTz, end => end.StartedAt.UtcDateTime);
        command.AddColumn(ends, NpgsqlDbType.Integer, end => end.TimeToFirstTokenMs);
        command.AddColumn(ends, NpgsqlDbType.Integer, end => end.StartedSequence);
        command.AddColumn(ends, NpgsqlDbType.Boolean, _ => swept);
        command.AddColumn(ends, NpgsqlDbType.Text, end => StoredText.Clean(end.Route));
    }
}
