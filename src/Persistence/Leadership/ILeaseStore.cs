namespace InferenceBroker.Persistence.Leadership;

/// <summary>Leases in the database. Thread safe.</summary>
public interface ILeaseStore
{
    /// <summary>Takes the lease if it is free or has run out, with a new term. Null: somebody else holds it.</summary>
    Task<LeaderTerm?> TryAcquireAsync(
        string name,
        string holder,
        DateTimeOffset now,
        TimeSpan duration,
        CancellationToken cancellationToken
    );

    /// <summary>Extends the lease. False: the term is over.</summary>
    Task<bool> RenewAsync(LeaderTerm term, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Gives the lease up, so that a standby can take over at once. Harmless where the term is over.</summary>
    Task ReleaseAsync(LeaderTerm term, CancellationToken cancellationToken);
}
