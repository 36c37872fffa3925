using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Sqlite;

internal sealed partial class SqliteJobStore
{
    private const string StartSql = $"WITH e(e_id, e_fence, e_worker, e_now, e_deadline) AS (VALUES ($1, $2, $3, $4, $5)) {JobMoves.Start}";

    private const string ReadStarted = $"SELECT {JobColumns.Started}, body FROM jobs JOIN job_payloads ON job_id = id WHERE id = $1";

    private const string AppendSql =
        $"WITH e(e_id, e_fence, e_attempt, e_first, e_last) AS (VALUES ($1, $2, $3, $4, $5)) {JobMoves.Append}";

    private const string InsertEvent = """
        INSERT INTO job_events (job_id, first_seq, last_seq, attempt, data) VALUES ($1, $2, $3, $4, $5)
        """;

    private const string AppendedBefore = """
        SELECT first_seq FROM job_events JOIN jobs ON id = job_id
        WHERE job_id = $1 AND state = 2 AND fence = $2 AND job_events.attempt = $3 AND first_seq = $4 AND job_events.last_seq = $5
        """;

    public override Task<IReadOnlyList<StartedJob?>> StartAsync(IReadOnlyList<AttemptStart> starts, CancellationToken cancellationToken) =>
        _database.WriteAsync<IReadOnlyList<StartedJob?>>(session => [.. starts.Select(start => Start(session, start))], cancellationToken);

    public override Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<ChunkAppend> appends, CancellationToken cancellationToken) =>
        _database.WriteAsync<IReadOnlyList<bool>>(session => [.. appends.Select(append => Append(session, append))], cancellationToken);

    private static StartedJob? Start(SqliteSession session, AttemptStart start)
    {
        var values = new object?[] { start.Id.Value, start.Fence, start.WorkerId, start.Now, start.AttemptDeadline };
        return session.Execute(StartSql, values) == 0 ? null : session.Query(ReadStarted, [start.Id.Value], JobRecords.Started)[0];
    }

    private static bool Append(SqliteSession session, ChunkAppend append)
    {
        var (id, last) = (append.Id.Value, JobMoveValues.LastSequence(append));
        var values = new object?[] { id, append.Fence, append.Attempt, append.FirstSequence, last };
        if (session.Execute(AppendSql, values) == 0)
        {
            return session.Query(AppendedBefore, values, row => row.Int()).Count > 0;
        }

        session.Execute(InsertEvent, [id, append.FirstSequence, last, append.Attempt, JobMoveValues.Lines(append.Chunks)]);
        return true;
    }
}
