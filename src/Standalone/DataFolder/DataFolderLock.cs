using InferenceBroker.Standalone.CommandLine;

namespace InferenceBroker.Standalone.DataFolder;

/// <summary>
/// Keeps a data folder to one process. The operating system drops the lock with the process, so a killed one leaves nothing to clean up.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    public static DataFolderLock Take(string dataFolder)
    {
        try
        {
            CreateOwned(dataFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The data folder '{dataFolder}' cannot be used: {e.Message}", e);
        }

        var path = Path.Combine(dataFolder, ".lock");
        try
        {
            return new DataFolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UsageException($"The data folder '{dataFolder}' cannot be written: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new UsageException(
                $"The data folder '{dataFolder}' is used by another broker process. Wait for it or stop it, or choose another folder with --data.",
                e
            );
        }
    }

    public void Dispose() => _file.Dispose();

    private static void CreateOwned(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
