namespace InferenceBroker.Persistence.Liveness;

/// <summary>What processes that are known to be dead have left in the database. Thread safe.</summary>
public interface IPastProcesses
{
    /// <summary>
    /// Frees every lease, takes every worker off the list and makes every dispatched job due to be sent again, so that nobody waits for the dead. Only
    /// for who knows that no other process uses the database, before it does so itself.
    /// </summary>
    Task EndAsync(CancellationToken cancellationToken);
}
