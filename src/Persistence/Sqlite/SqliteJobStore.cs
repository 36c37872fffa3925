using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Sqlite;

/// <summary>Jobs in SQLite. Every method of the hot path runs prepared statements in one transaction: one sync to disk for all its rows.</summary>
internal sealed partial class SqliteJobStore(SqliteDatabase database) : SqlJobStore(database)
{
    private readonly SqliteDatabase _database = database;

    private const string ClaimSql = $"WITH e(e_id, e_fence, e_endpoint, e_now) AS (VALUES ($1, $2, $3, $4)) {JobMoves.Claim}";

    private const string RecallSql = $"WITH e(e_id, e_fence) AS (VALUES ($1, $2)) {JobMoves.Recall} RETURNING {JobColumns.Queued}";

    public override Task<IReadOnlySet<JobId>> ClaimAsync(
        LeaderTerm term,
        IReadOnlyList<Claim> claims,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        _database.WriteAsync<IReadOnlySet<JobId>>(
            session =>
            {
                HoldTerm(session, term);
                var moved = new HashSet<JobId>(claims.Count);
                foreach (var claim in claims)
                {
                    if (session.Execute(ClaimSql, [claim.Id.Value, claim.Fence, claim.Endpoint, now]) > 0)
                    {
                        moved.Add(claim.Id);
                    }
                }

                return moved;
            },
            cancellationToken
        );

    public override Task<IReadOnlyList<QueuedJob>> RecallAsync(
        LeaderTerm term,
        IReadOnlyList<(JobId Id, long Fence)> jobs,
        CancellationToken cancellationToken
    ) =>
        _database.WriteAsync<IReadOnlyList<QueuedJob>>(
            session =>
            {
                HoldTerm(session, term);
                var moved = new List<QueuedJob>(jobs.Count);
                foreach (var (id, fence) in jobs)
                {
                    moved.AddRange(session.Query(RecallSql, [id.Value, fence], JobRecords.Queued));
                }

                return moved;
            },
            cancellationToken
        );

    private static void HoldTerm(SqliteSession session, LeaderTerm term)
    {
        const string Sql = "SELECT term FROM leases WHERE name = $1 AND term = $2";
        if (session.Query(Sql, [term.Name, term.Term], row => row.Long()).Count == 0)
        {
            throw new TermOverException(term);
        }
    }
}
