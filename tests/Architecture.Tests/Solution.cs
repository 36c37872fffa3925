using System.Xml.Linq;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using InferenceBroker.Testing.Processes;

namespace InferenceBroker.Architecture.Tests;

/// <summary>The product's projects, assemblies and files.</summary>
internal static class Solution
{
    private const string Prefix = "InferenceBroker.";

    public static readonly IReadOnlyList<string> Projects =
    [
        .. Directory.GetDirectories(Path.Combine(RepositoryPaths.Root, "src")).Select(folder => Path.GetFileName(folder)).Order(),
    ];

    public static readonly ArchUnitNET.Domain.Architecture Architecture = new ArchLoader()
        .LoadAssemblies([.. Projects.Select(Load)])
        .Build();

    /// <summary>The types of a project.</summary>
    public static IObjectProvider<IType> TypesOf(string project) =>
        ArchRuleDefinition.Types(includeReferenced: true).That().ResideInAssembly(Load(project)).As(project);

    /// <summary>The projects of src that a project's file names.</summary>
    public static IEnumerable<string> ProjectReferences(string project) =>
        Elements(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))[Prefix.Length..]);

    public static IEnumerable<string> PackageReferences(string project) => Elements(project, "PackageReference");

    /// <summary>The product's source files, but for what tools generated.</summary>
    public static IEnumerable<string> SourceFiles() =>
        Directory
            .EnumerateFiles(Path.Combine(RepositoryPaths.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal));

    public static string Relative(string file) => Path.GetRelativePath(RepositoryPaths.Root, file);

    private static System.Reflection.Assembly Load(string project) => System.Reflection.Assembly.Load(Prefix + project);

    private static IEnumerable<string> Elements(string project, string element) =>
        XDocument
            .Load(Path.Combine(RepositoryPaths.Root, "src", project, $"{Prefix}{project}.csproj"))
            .Descendants(element)
            .Select(item => item.Attribute("Include")!.Value);
}
