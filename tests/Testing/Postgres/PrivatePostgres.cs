using Npgsql;

namespace InferenceBroker.Testing.Postgres;

/// <summary>
/// The PostgreSQL of a test run: the server that <c>BROKER_TEST_POSTGRES</c> names, else one of this process's own, from Debian's binaries in a
/// temporary folder or in a container. Each test class asks for a database of its own.
/// </summary>
public abstract class PrivatePostgres : IAsyncDisposable
{
    public const string ServerVariable = "BROKER_TEST_POSTGRES";

    private static readonly Lazy<Task<PrivatePostgres>> Instance = new(StartSharedAsync);
    private static int _databases;

    /// <summary>The server that the tests of this process share; started at first use where none is given.</summary>
    public static Task<PrivatePostgres> SharedAsync() => Instance.Value;

    /// <summary>A connection string for the server's own database <c>postgres</c>.</summary>
    public abstract string ConnectionString { get; }

    public abstract ValueTask DisposeAsync();

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}_{Guid.CreateVersion7():N}"[..40];
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand($"CREATE DATABASE \"{name}\"");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ToString();
    }

    private static async Task<PrivatePostgres> StartSharedAsync()
    {
        if (Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } given)
        {
            return new ExternalPostgres(given);
        }

        return LocalPostgres.FindBinaries() is not null ? await LocalPostgres.StartNewAsync() : await ContainerPostgres.StartNewAsync();
    }
}
