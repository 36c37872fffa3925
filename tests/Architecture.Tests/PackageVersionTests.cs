using System.Text.RegularExpressions;
using System.Xml.Linq;
using InferenceBroker.Testing.Processes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Architecture.Tests;

public sealed partial class PackageVersionTests
{
    private static readonly Dictionary<string, string> Versions = XDocument
        .Load(Path.Combine(RepositoryPaths.Root, "Directory.Packages.props"))
        .Descendants("PackageVersion")
        .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);

    /// <summary>MassTransit 9 and newer need a paid licence.</summary>
    [Fact]
    public void MassTransit_is_the_last_free_version() =>
        Versions
            .Where(package => package.Key.StartsWith("MassTransit", StringComparison.Ordinal))
            .ShouldAllBe(package => package.Value == "[8.5.12]");

    [Fact]
    public void Every_version_is_exact() => Versions.Where(package => !Exact().IsMatch(package.Value)).ShouldBeEmpty();

    [Fact]
    public void No_project_names_a_version_of_its_own() =>
        Directory
            .EnumerateFiles(RepositoryPaths.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(file => XDocument.Load(file).Descendants("PackageReference").Any(package => package.Attribute("Version") is not null))
            .ShouldBeEmpty();

    [GeneratedRegex(@"^\[\d+(\.\d+){1,3}(-[\w.]+)?\]$")]
    private static partial Regex Exact();
}
