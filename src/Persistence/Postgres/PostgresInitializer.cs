using InferenceBroker.Persistence.Model;
using InferenceBroker.Persistence.Startup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace InferenceBroker.Persistence.Postgres;

/// <summary>Waits for the server, then migrates under an advisory lock.</summary>
internal sealed partial class PostgresInitializer(
    PostgresDatabase database,
    IBrokerContextFactory contexts,
    TimeProvider time,
    ILogger<PostgresInitializer> logger
) : IDatabaseInitializer
{
    // Any number that no other application on the same database uses: "BROKER" in ASCII.
    private const long LockKey = 0x42524F4B4552;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        try
        {
            await ExecuteAsync(connection, "SELECT pg_advisory_lock($1)", cancellationToken);
            await using (var context = contexts.Create())
            {
                await context.Database.MigrateAsync(cancellationToken);
            }

            await DefaultTenant.EnsureAsync(database, time.GetUtcNow(), cancellationToken);
            await ExecuteAsync(connection, "SELECT pg_advisory_unlock($1)", cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw new DatabaseNotReadyException(
                $"PostgreSQL at {connection.DataSource} could not be migrated: {exception.Message}",
                exception
            );
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)Patience.TotalSeconds };
        command.Add(LockKey);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var waiting = false;
        while (true)
        {
            try
            {
                return await database.Source.OpenConnectionAsync(cancellationToken);
            }
            catch (NpgsqlException exception) when (PostgresFaults.IsTransient(exception))
            {
                if (time.GetElapsedTime(began) >= Patience)
                {
                    throw NotReady(exception);
                }

                if (!waiting)
                {
                    LogWaiting(exception.Message);
                    waiting = true;
                }

                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (NpgsqlException exception)
            {
                throw NotReady(exception);
            }
        }
    }

    private DatabaseNotReadyException NotReady(NpgsqlException exception)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.Source.ConnectionString);
        return new DatabaseNotReadyException(
            $"PostgreSQL at {settings.Host}:{settings.Port}, database '{settings.Database}', user '{settings.Username}', does not let us in: "
                + $"{exception.Message} Check that the server runs and that the connection string is right.",
            exception
        );
    }

    [LoggerMessage(LogLevel.Warning, "PostgreSQL is not ready yet, waiting for it: {Reason}")]
    private partial void LogWaiting(string reason);
}
