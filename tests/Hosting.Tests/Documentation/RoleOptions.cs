using System.Text.RegularExpressions;

namespace InferenceBroker.Hosting.Tests.Documentation;

/// <summary>The keys of the roles' sections, read from the sources: hosting may not reference the roles.</summary>
internal static partial class RoleOptions
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["api"] = "src/Api/ApiOptions.cs",
        ["scheduler"] = "src/Scheduler/SchedulerOptions.cs",
        ["workers"] = "src/Workers/WorkersOptions.cs",
        ["messaging"] = "src/Messaging/MessagingOptions.cs",
    };

    public static IEnumerable<string> Sections => Files.Keys;

    public static IReadOnlyList<string> KeysOf(string section) =>
        [
            .. Property()
                .Matches(RepositoryFile.Read(Files[section]))
                .Select(m => m.Groups["name"].Value)
                .Select(name => char.ToLowerInvariant(name[0]) + name[1..]),
        ];

    [GeneratedRegex(@"^\s+public [\w<>?]+ (?<name>\w+) \{ get;", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Property();
}
