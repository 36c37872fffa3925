namespace InferenceBroker.Persistence.Time;

/// <summary>The clock that the processes which share a database share as well. Thread safe.</summary>
public interface IDatabaseTime
{
    /// <summary>The database server's time; the local clock's for SQLite, whose database is on the same machine.</summary>
    Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken);
}
