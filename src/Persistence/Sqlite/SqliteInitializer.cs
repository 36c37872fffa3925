using InferenceBroker.Persistence.Model;
using InferenceBroker.Persistence.Startup;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace InferenceBroker.Persistence.Sqlite;

/// <summary>Migrates the file while holding a lock file beside it.</summary>
internal sealed class SqliteInitializer(string path, SqliteDatabase database, IBrokerContextFactory contexts, TimeProvider time)
    : IDatabaseInitializer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        await using var guard = await LockAsync(cancellationToken);
        try
        {
            await using (var context = contexts.Create())
            {
                await ForgetAbandonedLockAsync(context, cancellationToken);
                await context.Database.MigrateAsync(cancellationToken);
            }

            await DefaultTenant.EnsureAsync(database, time.GetUtcNow(), cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw new DatabaseNotReadyException(
                $"The SQLite database '{path}' could not be opened or migrated: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>
    /// EF Core's own lock is a row that stays behind when the process dies while it migrates, and would then be waited for without end. Whoever
    /// holds the lock file knows that nobody else migrates.
    /// </summary>
    private static async Task ForgetAbandonedLockAsync(BrokerContext context, CancellationToken cancellationToken) =>
        await context.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancellationToken);

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(path) + ".lock";
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new DatabaseNotReadyException($"'{file}' may not be written: {exception.Message}", exception);
            }
            catch (IOException exception)
            {
                if (time.GetElapsedTime(began) >= Patience)
                {
                    throw new DatabaseNotReadyException($"Another process has held '{file}' for a minute: {exception.Message}", exception);
                }

                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
