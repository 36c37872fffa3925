using InferenceBroker.Persistence.Sql;
using Npgsql;

namespace InferenceBroker.Persistence.Postgres;

/// <summary>Statements on a connection that has begun a transaction.</summary>
internal sealed class PostgresTransaction(NpgsqlConnection connection) : ISqlTransaction
{
    public NpgsqlConnection Connection { get; } = connection;

    public async ValueTask<List<T>> QueryAsync<T>(
        string sql,
        object?[] values,
        Func<ColumnReader, T> map,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        command.AddAll(values);
        return await command.ReadAllAsync(map, cancellationToken);
    }

    public async ValueTask<int> ExecuteAsync(string sql, object?[] values, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        command.AddAll(values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
