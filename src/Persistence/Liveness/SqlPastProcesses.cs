using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Liveness;

/// <summary>The same statements on both databases. The sweeps do the rest: they see no worker, and dispatches of long ago.</summary>
internal sealed class SqlPastProcesses(ISqlDatabase database) : IPastProcesses
{
    public Task EndAsync(CancellationToken cancellationToken) =>
        database.TransactAsync(
            async transaction =>
            {
                const string Leases = "UPDATE leases SET holder = NULL, term = term + 1 WHERE holder IS NOT NULL";
                const string Workers = "DELETE FROM workers";

                // The second condition is the index's: ended jobs are not looked at.
                const string Dispatched = "UPDATE jobs SET dispatched_at = $1 WHERE state = 1 AND dispatched_at IS NOT NULL";
                await transaction.ExecuteAsync(Leases, [], cancellationToken);
                await transaction.ExecuteAsync(Workers, [], cancellationToken);
                return await transaction.ExecuteAsync(Dispatched, [DateTimeOffset.UnixEpoch], cancellationToken);
            },
            cancellationToken
        );
}
