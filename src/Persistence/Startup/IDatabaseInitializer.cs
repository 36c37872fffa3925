namespace InferenceBroker.Persistence.Startup;

/// <summary>Makes the database ready. To be called before anything else uses it.</summary>
public interface IDatabaseInitializer
{
    /// <summary>
    /// Creates or migrates the schema under a lock, so that any number of processes may start at once, and makes the tenant <c>default</c>
    /// (number 1). Waits up to a minute for a database server that is still starting.
    /// </summary>
    /// <exception cref="DatabaseNotReadyException">The database could not be reached, locked or migrated.</exception>
    Task InitializeAsync(CancellationToken cancellationToken);
}
