using InferenceBroker.Persistence.Sql;
using Npgsql;

namespace InferenceBroker.Persistence.Postgres;

/// <summary>PostgreSQL by a pool of connections.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source) : ISqlDatabase
{
    public NpgsqlDataSource Source { get; } = source;

    public string ForShare => " FOR SHARE";

    public string ForUpdateSkipLocked => " FOR UPDATE SKIP LOCKED";

    public string Contains(string column, int parameter) => $"strpos({column}, ${parameter}) > 0";

    public string IsAnyOf(string column, int parameter) => $"{column} = ANY (${parameter})";

    public string Second(string column) => $"CAST(floor(extract(epoch FROM {column})) AS bigint)";

    public async Task<List<T>> ReadAsync<T>(string sql, object?[] values, Func<ColumnReader, T> map, CancellationToken cancellationToken)
    {
        await using var command = Source.CreateCommand(sql);
        command.AddAll(values);
        return await command.ReadAllAsync(map, cancellationToken);
    }

    public Task<List<T>> WriteAsync<T>(string sql, object?[] values, Func<ColumnReader, T> map, CancellationToken cancellationToken) =>
        ReadAsync(sql, values, map, cancellationToken);

    public async Task<T> TransactAsync<T>(Func<ISqlTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(new PostgresTransaction(connection));
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
