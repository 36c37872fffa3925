using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Sql;
using Npgsql;
using NpgsqlTypes;

namespace InferenceBroker.Persistence.Postgres;

internal sealed partial class PostgresJobStore
{
    private const string StartSql = $"""
        WITH e AS (SELECT * FROM unnest($1, $2, $3, $4, $5) AS e(e_id, e_fence, e_worker, e_now, e_deadline)),
        moved AS ({JobMoves.Start} RETURNING {JobColumns.Started})
        SELECT moved.*, body FROM moved JOIN job_payloads ON job_id = moved.id
        """;

    private const string AppendSql = $"""
        WITH e AS MATERIALIZED (SELECT * FROM unnest($1, $2, $3, $4, $5, $6) AS e(e_id, e_fence, e_attempt, e_first, e_last, e_data)),
        moved AS ({JobMoves.Append} RETURNING id)
        INSERT INTO job_events (job_id, first_seq, last_seq, attempt, data)
        SELECT e_id, e_first, e_last, e_attempt, e_data FROM e JOIN moved ON id = e_id
        RETURNING job_id
        """;

    private const string AppendedBeforeSql = """
        SELECT job_id FROM unnest($1, $2, $3, $4, $5) AS e(e_id, e_fence, e_attempt, e_first, e_last)
        JOIN job_events ON job_id = e_id AND first_seq = e_first AND last_seq = e_last AND attempt = e_attempt
        JOIN jobs ON id = e_id AND state = 2 AND fence = e_fence
        """;

    public override async Task<IReadOnlyList<StartedJob?>> StartAsync(
        IReadOnlyList<AttemptStart> starts,
        CancellationToken cancellationToken
    )
    {
        if (starts.Count == 0)
        {
            return [];
        }

        var sorted = Sorted(starts, start => start.Id);
        await using var command = _source.CreateCommand(StartSql);
        AddIds(command, sorted, start => start.Id);
        command.AddColumn(sorted, NpgsqlDbType.Bigint, start => start.Fence);
        command.AddColumn(sorted, NpgsqlDbType.Uuid, start => start.WorkerId);
        command.AddColumn(sorted, NpgsqlDbType.TimestampTz, start => start.Now.UtcDateTime);
        command.AddColumn(sorted, NpgsqlDbType.TimestampTz, start => start.AttemptDeadline.UtcDateTime);
        var started = await command.ReadAllAsync(JobRecords.Started, cancellationToken);
        return InOrder(starts, start => start.Id, started.ToDictionary(job => job.Id));
    }

    public override async Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<ChunkAppend> appends, CancellationToken cancellationToken)
    {
        if (appends.Count == 0)
        {
            return [];
        }

        var sorted = Sorted(appends, append => append.Id);
        await using var command = _source.CreateCommand(AppendSql);
        AddAppends(command, sorted);
        command.AddColumn(sorted, NpgsqlDbType.Bytea, append => JobMoveValues.Lines(append.Chunks));
        var appended = await command.ReadAllAsync(JobRecords.Id, cancellationToken);
        if (appended.Count < appends.Count)
        {
            await using var before = _source.CreateCommand(AppendedBeforeSql);
            AddAppends(before, sorted);
            appended.AddRange(await before.ReadAllAsync(JobRecords.Id, cancellationToken));
        }

        var done = appended.ToHashSet();
        return [.. appends.Select(append => done.Contains(append.Id))];
    }

    private static void AddAppends(NpgsqlCommand command, ChunkAppend[] appends)
    {
        AddIds(command, appends, append => append.Id);
        command.AddColumn(appends, NpgsqlDbType.Bigint, append => append.Fence);
        command.AddColumn(appends, NpgsqlDbType.Integer, append => append.Attempt);
        command.AddColumn(appends, NpgsqlDbType.Integer, append => append.FirstSequence);
        command.AddColumn(appends, NpgsqlDbType.Integer, JobMoveValues.LastSequence);
    }
}
