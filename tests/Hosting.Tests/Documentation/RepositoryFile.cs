using System.Runtime.CompilerServices;

namespace InferenceBroker.Hosting.Tests.Documentation;

/// <summary>Reads files of the repository that are no part of the build's output.</summary>
internal static class RepositoryFile
{
    public static string Read(string path, [CallerFilePath] string thisFile = "") => File.ReadAllText(Path.Combine(Root(thisFile), path));

    /// <summary>The product's sources.</summary>
    public static IEnumerable<string> Sources([CallerFilePath] string thisFile = "") =>
        Directory.EnumerateFiles(Path.Combine(Root(thisFile), "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);

    private static string Root(string thisFile) => Path.Combine(Path.GetDirectoryName(thisFile)!, "../../..");
}
