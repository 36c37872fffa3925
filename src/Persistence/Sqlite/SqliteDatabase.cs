using System.Collections.Concurrent;
using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Sqlite;

/// <summary>
/// SQLite by one writer, which callers take in turn, and as many readers as there are readers at a time. The database file is opened at first
/// use.
/// </summary>
internal sealed class SqliteDatabase(string path) : ISqlDatabase, IDisposable
{
    private static readonly TimeSpan WriterTimeout = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _writerTurn = new(1);
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private SqliteSession? _writer;
    private volatile bool _disposed;

    public string ForShare => "";

    public string ForUpdateSkipLocked => "";

    public string Contains(string column, int parameter) => $"instr({column}, ${parameter}) > 0";

    public string IsAnyOf(string column, int parameter) => $"{column} IN (SELECT unhex(value) FROM json_each(${parameter}))";

    public string Second(string column) => $"({column} / 1000000)";

    public Task<List<T>> ReadAsync<T>(string sql, object?[] values, Func<ColumnReader, T> map, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);
        var session = _readers.TryTake(out var idle) ? idle : new SqliteSession(path);
        try
        {
            return Task.FromResult(session.Query(sql, values, map));
        }
        finally
        {
            GiveBack(session);
        }
    }

    public Task<List<T>> WriteAsync<T>(string sql, object?[] values, Func<ColumnReader, T> map, CancellationToken cancellationToken) =>
        WriteAsync(session => session.Query(sql, values, map), cancellationToken);

    public Task<T> TransactAsync<T>(Func<ISqlTransaction, Task<T>> work, CancellationToken cancellationToken) =>
        WriteAsync(
            session =>
            {
                // Everything in here completes at once: SQLite has no waiting for an answer.
                var task = work(new SqliteTransaction(session));
                return task.GetAwaiter().GetResult();
            },
            cancellationToken
        );

    /// <summary>Runs a piece of work in one transaction on the writer.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        if (!await _writerTurn.WaitAsync(WriterTimeout, cancellationToken))
        {
            throw new TimeoutException($"The SQLite writer was busy for {WriterTimeout.TotalSeconds} seconds.");
        }

        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _writer ??= new SqliteSession(path);
            return RunNeedsLock(_writer, work);
        }
        finally
        {
            _writerTurn.Release();
        }
    }

    public void Dispose()
    {
        // The container disposes of it once for each service that it is registered as.
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _writerTurn.Wait(WriterTimeout);
        _writer?.Dispose();
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        _writerTurn.Dispose();
    }

    private static T RunNeedsLock<T>(SqliteSession session, Func<SqliteSession, T> work)
    {
        session.BeginImmediate();
        try
        {
            var result = work(session);
            session.Commit();
            return result;
        }
        catch
        {
            RollBack(session);
            throw;
        }
    }

    private static void RollBack(SqliteSession session)
    {
        try
        {
            session.Rollback();
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // SQLite has rolled back by itself, for example because the disk is full. The first error is the one to report.
        }
    }

    private void GiveBack(SqliteSession session)
    {
        if (_disposed)
        {
            session.Dispose();
        }
        else
        {
            _readers.Add(session);
        }
    }
}
