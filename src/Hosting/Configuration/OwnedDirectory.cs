namespace InferenceBroker.Hosting.Configuration;

/// <summary>Makes folders that only their owner may enter.</summary>
internal static class OwnedDirectory
{
    /// <exception cref="ConfigurationFaultsException">It cannot be made.</exception>
    public static void Ensure(string path)
    {
        try
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationFaultsException("The data folder", [new("--data", $"'{path}' cannot be made ({e.GetType().Name})")]);
        }
    }
}
