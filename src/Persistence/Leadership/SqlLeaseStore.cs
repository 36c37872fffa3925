using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Leadership;

/// <summary>Leases as rows whose term grows with every take-over. The same statements on both databases.</summary>
internal sealed class SqlLeaseStore(ISqlDatabase database) : ILeaseStore
{
    public async Task<LeaderTerm?> TryAcquireAsync(
        string name,
        string holder,
        DateTimeOffset now,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        const string Sql = """
            INSERT INTO leases (name, holder, term, expires_at) VALUES ($1, $2, 1, $4)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, term = leases.term + 1, expires_at = excluded.expires_at
            WHERE leases.holder IS NULL OR leases.expires_at <= $3
            RETURNING term
            """;
        var terms = await database.WriteAsync(Sql, [name, holder, now, now + duration], row => row.Long(), cancellationToken);
        return terms.Count == 0 ? null : new LeaderTerm(name, terms[0]);
    }

    public async Task<bool> RenewAsync(LeaderTerm term, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE leases SET expires_at = $3 WHERE name = $1 AND term = $2 AND holder IS NOT NULL RETURNING term";
        var renewed = await database.WriteAsync(Sql, [term.Name, term.Term, now + duration], row => row.Long(), cancellationToken);
        return renewed.Count > 0;
    }

    public async Task ReleaseAsync(LeaderTerm term, CancellationToken cancellationToken)
    {
        // The term grows here already: what its holder may still have under way is refused from now on.
        const string Sql = "UPDATE leases SET holder = NULL, term = term + 1 WHERE name = $1 AND term = $2 RETURNING term";
        await database.WriteAsync(Sql, [term.Name, term.Term], row => row.Long(), cancellationToken);
    }
}
