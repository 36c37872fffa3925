using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace InferenceBroker.Architecture.Tests;

public sealed partial class FileTests
{
    private const int LongestFile = 300;

    [Fact]
    public void No_source_file_is_longer_than_300_lines() =>
        Solution.SourceFiles().Where(file => File.ReadLines(file).Count() > LongestFile).Select(Solution.Relative).ShouldBeEmpty();

    [Fact]
    public void A_file_holds_one_type_and_has_its_name()
    {
        var strays = Solution
            .SourceFiles()
            .Select(file =>
                (file, types: TopLevelType().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value).ToList())
            )
            .Where(found => found.types.Count > 0)
            .Where(found => found.types.Count > 1 || found.types[0] != TypeName(found.file))
            .Select(found => $"{Solution.Relative(found.file)}: {string.Join(", ", found.types)}");

        strays.ShouldBeEmpty();
    }

    // A.B.cs is a further part of the type A.
    private static string TypeName(string file) => Path.GetFileName(file).Split('.')[0];

    // With file-scoped namespaces a type that starts its line is a top-level one.
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe) )*(?:class|record struct|record class|record|struct|interface|enum|delegate [\w<>?\[\]]+) (?<name>\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex TopLevelType();
}
