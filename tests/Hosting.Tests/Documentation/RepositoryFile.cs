using System.Runtime.CompilerServices;

namespace InferenceBroker.Hosting.Tests.Documentation;

/// <summary>Reads files of the repository that are no part of the build's output.</summary>
internal static class RepositoryFile
{
    public static string Read(string path, [CallerFilePath] string thisFile = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../..", path));
}
