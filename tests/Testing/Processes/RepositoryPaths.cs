namespace InferenceBroker.Testing.Processes;

/// <summary>Finds the checkout and what was built in it, from wherever the tests run.</summary>
public static class RepositoryPaths
{
    private const string Solution = "InferenceBroker.sln";

    public static string Root { get; } = FindRoot();

    /// <summary>The built program of a role: <c>Api</c>, <c>Scheduler</c>, <c>Workers</c> or <c>Standalone</c>.</summary>
    public static string Program(string role)
    {
        var path = Path.Combine(Root, "artifacts", "bin", $"InferenceBroker.{role}", "release", $"InferenceBroker.{role}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"Build the solution in Release first: {path} is missing.", path);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds {Solution}.");
    }
}
