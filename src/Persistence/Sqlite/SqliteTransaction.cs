using InferenceBroker.Persistence.Sql;

namespace InferenceBroker.Persistence.Sqlite;

/// <summary>Statements on the writer while it is in a transaction.</summary>
internal sealed class SqliteTransaction(SqliteSession session) : ISqlTransaction
{
    public SqliteSession Session { get; } = session;

    public ValueTask<List<T>> QueryAsync<T>(string sql, object?[] values, Func<ColumnReader, T> map, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Session.Query(sql, values, map));

    public ValueTask<int> ExecuteAsync(string sql, object?[] values, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Session.Execute(sql, values));
}
