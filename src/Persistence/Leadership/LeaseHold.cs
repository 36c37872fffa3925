using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Leadership;

/// <summary>Locks a leader's lease against a takeover until a transaction ends.</summary>
internal static class LeaseHold
{
    /// <exception cref="TermOverException">Another leader acts.</exception>
    public static async Task HoldAsync(
        ISqlDatabase database,
        ISqlTransaction transaction,
        LeaderTerm term,
        CancellationToken cancellationToken
    )
    {
        var sql = "SELECT term FROM leases WHERE name = $1 AND term = $2" + database.ForShare;
        var held = await transaction.QueryAsync(sql, [term.Name, term.Term], row => row.Long(), cancellationToken);
        if (held.Count == 0)
        {
            throw new TermOverException(term);
        }
    }
}
