using InferenceBroker.Persistence.Sql;
using Microsoft.Data.Sqlite;

namespace InferenceBroker.Persistence.Sqlite;

/// <summary>One connection with its prepared statements. Not thread safe; SQLite runs on the calling thread.</summary>
internal sealed class SqliteSession : IDisposable
{
    private const int BusyTimeoutSeconds = 10;

    private readonly Dictionary<string, SqliteCommand> _statements = [];

    public SqliteSession(string path)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = BusyTimeoutSeconds,
            Pooling = false,
        };
        Connection = new SqliteConnection(settings.ToString());
        Connection.Open();

        // FULL: an accepted job survives a power cut, not only a crash of the process.
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;");
    }

    public SqliteConnection Connection { get; }

    public List<T> Query<T>(string sql, object?[] values, Func<ColumnReader, T> map)
    {
        var rows = new List<T>();
        using var reader = Statement(sql, values).ExecuteReader();
        var columns = new SqliteColumnReader(reader);
        while (reader.Read())
        {
            columns.StartRow();
            rows.Add(map(columns));
        }

        return rows;
    }

    public int Execute(string sql, object?[] values) => Statement(sql, values).ExecuteNonQuery();

    /// <summary>Begins a transaction that holds the database's only write lock from its first moment on, so that it can never deadlock.</summary>
    public void BeginImmediate() => Execute("BEGIN IMMEDIATE", []);

    public void Commit() => Execute("COMMIT", []);

    public void Rollback() => Execute("ROLLBACK", []);

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        Connection.Dispose();
    }

    private SqliteCommand Statement(string sql, object?[] values)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this assembly; values go in parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            }

            _statements.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = SqliteValues.ToParameter(values[i]);
        }

        return command;
    }

    private void Run(string sql)
    {
        using var command = Connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
