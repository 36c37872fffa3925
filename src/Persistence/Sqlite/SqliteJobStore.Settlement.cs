using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Sqlite;

internal sealed partial class SqliteJobStore
{
    private const string FinishSql = $"""
        WITH e(e_id, e_fence, e_attempt, e_next, e_last, e_spent, e_not_before, e_tried, e_ended, e_input, e_output, e_cost, e_code,
            e_message, e_type, e_param, e_route)
        AS (VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17))
        {JobMoves.Finish}
        RETURNING state, last_seq, started_seq
        """;

    private const string InsertAttempt = """
        INSERT INTO attempts (job_id, number, fence, worker_id, endpoint, upstream_model, outcome, failure, failure_message, started_at,
            ended_at, ttft_ms, started_seq, ended_seq, input_tokens, output_tokens, cost, swept)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        """;

    // A row of the recovery sweep learns what its attempt cost after all; any other row is that of this very report, or of an earlier one.
    private const string Supersede = $"""
        {InsertAttempt}
        ON CONFLICT (job_id, number) DO UPDATE SET outcome = 2, ended_at = excluded.ended_at, ttft_ms = excluded.ttft_ms,
            input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens, cost = excluded.cost
        WHERE attempts.swept AND attempts.outcome <> 2
        """;

    private const string InsertResult = "INSERT INTO job_results (job_id, status_code, body) VALUES ($1, $2, $3)";

    private const string ChargeSql = """
        INSERT INTO spend (tenant_id, api_key_id, day, cost) SELECT tenant_id, api_key_id, $2, $3 FROM jobs WHERE id = $1
        ON CONFLICT (tenant_id, api_key_id, day) DO UPDATE SET cost = spend.cost + excluded.cost
        """;

    private const string FinishedBefore = """
        SELECT number FROM attempts
        WHERE job_id = $1 AND number = $2 AND fence = $3 AND worker_id = $4 AND outcome <> 2 AND NOT swept
        """;

    public override Task<IReadOnlyList<FinishOutcome>> FinishAsync(IReadOnlyList<AttemptEnd> ends, CancellationToken cancellationToken) =>
        _database.WriteAsync<IReadOnlyList<FinishOutcome>>(
            session => [.. ends.Select(end => Apply(session, end, swept: false) ? FinishOutcome.Applied : Late(session, end))],
            cancellationToken
        );

    protected override Task ApplyEndsAsync(ISqlTransaction transaction, List<AttemptEnd> ends, CancellationToken cancellationToken)
    {
        foreach (var end in ends)
        {
            Apply(((SqliteTransaction)transaction).Session, end, swept: true);
        }

        return Task.CompletedTask;
    }

    private static bool Apply(SqliteSession session, AttemptEnd end, bool swept)
    {
        var moved = session.Query(
            FinishSql,
            MoveValues(end),
            row => (State: (JobState)row.Short(), LastSequence: row.Int(), StartedSequence: row.Int())
        );
        if (moved.Count == 0)
        {
            return false;
        }

        var (state, last, started) = moved[0];
        var endedSequence = state.IsTerminal() ? last - 1 : last;
        session.Execute(InsertAttempt, AttemptValues(end, end.Outcome, started, endedSequence, swept));
        if (JobMoveValues.HasResult(end))
        {
            session.Execute(InsertResult, [end.Id.Value, end.StatusCode, end.ResponseBody ?? []]);
        }

        Charge(session, end);
        return true;
    }

    private static void Charge(SqliteSession session, AttemptEnd end)
    {
        if (end.CostNanoUsd > 0)
        {
            session.Execute(ChargeSql, [end.Id.Value, DateOnly.FromDateTime(end.EndedAt.UtcDateTime).DayNumber, end.CostNanoUsd]);
        }
    }

    /// <summary>The report of an attempt that is not the current one: a repeated report, or one that comes after the job has moved on.</summary>
    private static FinishOutcome Late(SqliteSession session, AttemptEnd end)
    {
        var id = end.Id.Value;
        if (session.Query(FinishedBefore, [id, end.Attempt, end.Fence, end.WorkerId], row => row.Int()).Count > 0)
        {
            return FinishOutcome.Applied;
        }

        if (session.Query("SELECT state FROM jobs WHERE id = $1", [id], row => row.Short()).Count == 0)
        {
            return FinishOutcome.Superseded;
        }

        var values = AttemptValues(end, AttemptOutcome.Superseded, end.StartedSequence, endedSequence: null, swept: false);
        if (session.Execute(Supersede, values) > 0)
        {
            session.Execute("UPDATE jobs SET cost = cost + $2 WHERE id = $1", [id, end.CostNanoUsd]);
            Charge(session, end);
        }

        return FinishOutcome.Superseded;
    }

    private static object?[] MoveValues(AttemptEnd end) =>
        [
            end.Id.Value,
            end.Fence,
            end.Attempt,
            (short)end.Next,
            end.LastSequence,
            JobMoveValues.Spent(end),
            end.NotBefore,
            JobMoveValues.Tried(end),
            end.EndedAt,
            end.Usage?.InputTokens,
            end.Usage?.OutputTokens,
            end.CostNanoUsd,
            StoredText.Clean(end.Error?.Code),
            StoredText.Clean(end.Error?.Message),
            StoredText.Clean(end.Error?.Type),
            StoredText.Clean(end.Error?.Param),
            StoredText.Clean(end.Route),
        ];

    private static object?[] AttemptValues(AttemptEnd end, AttemptOutcome outcome, int startedSequence, int? endedSequence, bool swept) =>
        [
            end.Id.Value,
            end.Attempt,
            end.Fence,
            end.WorkerId,
            end.Endpoint,
            end.UpstreamModel,
            (short)outcome,
            (short)end.Failure,
            StoredText.Clean(end.FailureMessage),
            end.StartedAt,
            end.EndedAt,
            end.TimeToFirstTokenMs,
            startedSequence,
            endedSequence,
            end.Usage?.InputTokens,
            end.Usage?.OutputTokens,
            end.CostNanoUsd,
            swept,
        ];
}
