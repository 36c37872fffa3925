using InferenceBroker.Persistence.Sql;
using Npgsql;
using NpgsqlTypes;

namespace InferenceBroker.Persistence.Postgres;

/// <summary>Parameters by position and rows by <see cref="ColumnReader"/>.</summary>
internal static class PostgresCommands
{
    /// <summary>Adds one property of all rows as an array, for <c>unnest</c>.</summary>
    public static void AddColumn<TRow, T>(this NpgsqlCommand command, IReadOnlyList<TRow> rows, NpgsqlDbType type, Func<TRow, T> value)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }

        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    public static void Add<T>(this NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    public static void AddAll(this NpgsqlCommand command, object?[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value is DateTimeOffset time ? time.UtcDateTime : value ?? DBNull.Value });
        }
    }

    public static async Task<List<T>> ReadAllAsync<T>(
        this NpgsqlCommand command,
        Func<ColumnReader, T> map,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new PostgresColumnReader(reader);
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.StartRow();
            rows.Add(map(columns));
        }

        return rows;
    }
}
