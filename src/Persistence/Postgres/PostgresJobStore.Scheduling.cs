using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Sql;
using Npgsql;
using NpgsqlTypes;

namespace InferenceBroker.Persistence.Postgres;

internal sealed partial class PostgresJobStore
{
    // The lock on the lease makes a takeover wait for this write, or this write find the new term. One row comes back even where nothing moved;
    // none, where the term is over.
    private const string Lease = "WITH lease AS MATERIALIZED (SELECT term FROM leases WHERE name = $1 AND term = $2 FOR SHARE), ";

    private const string ClaimSql = $"""
        {Lease} e AS (SELECT *, $6::timestamptz AS e_now FROM unnest($3, $4, $5) AS e(e_id, e_fence, e_endpoint)),
        moved AS ({JobMoves.Claim} AND EXISTS (SELECT 1 FROM lease) RETURNING id)
        SELECT moved.id FROM lease LEFT JOIN moved ON true
        """;

    private const string RecallSql = $"""
        {Lease} e AS (SELECT * FROM unnest($3, $4) AS e(e_id, e_fence)),
        moved AS ({JobMoves.Recall} AND EXISTS (SELECT 1 FROM lease) RETURNING {JobColumns.Queued})
        SELECT moved.id IS NOT NULL, moved.* FROM lease LEFT JOIN moved ON true
        """;

    public override async Task<IReadOnlySet<JobId>> ClaimAsync(
        LeaderTerm term,
        IReadOnlyList<Claim> claims,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var sorted = Sorted(claims, claim => claim.Id);
        await using var command = _source.CreateCommand(ClaimSql);
        AddTerm(command, term);
        AddIds(command, sorted, claim => claim.Id);
        command.AddColumn(sorted, NpgsqlDbType.Bigint, claim => claim.Fence);
        command.AddColumn(sorted, NpgsqlDbType.Text, claim => claim.Endpoint);
        command.Add(now.UtcDateTime);

        var moved = new HashSet<JobId>(sorted.Length);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw new TermOverException(term);
        }

        do
        {
            if (!reader.IsDBNull(0))
            {
                moved.Add(new JobId(reader.GetGuid(0)));
            }
        } while (await reader.ReadAsync(cancellationToken));

        return moved;
    }

    public override async Task<IReadOnlyList<QueuedJob>> RecallAsync(
        LeaderTerm term,
        IReadOnlyList<(JobId Id, long Fence)> jobs,
        CancellationToken cancellationToken
    )
    {
        var sorted = Sorted(jobs, job => job.Id);
        await using var command = _source.CreateCommand(RecallSql);
        AddTerm(command, term);
        AddIds(command, sorted, job => job.Id);
        command.AddColumn(sorted, NpgsqlDbType.Bigint, job => job.Fence);
        var rows = await command.ReadAllAsync(row => row.Bool() ? JobRecords.Queued(row) : null, cancellationToken);
        return rows.Count == 0 ? throw new TermOverException(term) : [.. rows.OfType<QueuedJob>()];
    }

    private static void AddTerm(NpgsqlCommand command, LeaderTerm term)
    {
        command.Add(term.Name);
        command.Add(term.Term);
    }
}
