using InferenceBroker.Hosting;

namespace InferenceBroker.Standalone.DataFolder;

/// <summary>The database holds every prompt and answer: only the owner of the data folder may read it, also where somebody opens the folder to others.</summary>
internal static class DatabaseFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Makes the empty file (for SQLite an empty file is a new database), since SQLite would make one that everybody may read; its log and index take
    /// the mode over. Files of earlier releases are closed, too. To be called before the database is opened.
    /// </summary>
    public static void KeepToOwner(BrokerSetup setup)
    {
        if (setup.UsesPostgres || OperatingSystem.IsWindows())
        {
            return;
        }

        var database = Path.Combine(setup.DataDirectory, "broker.db");
        using (
            new FileStream(
                database,
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.ReadWrite,
                    UnixCreateMode = OwnerOnly,
                }
            )
        ) { }

        foreach (var file in (string[])[database, database + "-wal", database + "-shm"])
        {
            if (File.Exists(file))
            {
                File.SetUnixFileMode(file, OwnerOnly);
            }
        }
    }
}
