using InferenceBroker.Persistence.Commit;
using Microsoft.Data.Sqlite;

namespace InferenceBroker.Persistence.Sqlite;

/// <summary>Another process may hold the write lock for a while; everything else is an error.</summary>
internal sealed class SqliteFaults : ITransientFaults
{
    private const int Busy = 5;
    private const int Locked = 6;

    public bool IsTransient(Exception exception) => exception is SqliteException { SqliteErrorCode: Busy or Locked } or TimeoutException;
}
