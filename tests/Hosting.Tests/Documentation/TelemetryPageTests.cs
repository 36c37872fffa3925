using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Documentation;

public sealed partial class TelemetryPageTests
{
    private readonly string _page = RepositoryFile.Read("docs/telemetry.md");

    [Fact]
    public void The_page_lists_every_metric_that_the_sources_create() => ShouldListAll(Metric());

    [Fact]
    public void The_page_lists_every_tag_of_a_span() => ShouldListAll(SpanTag());

    private void ShouldListAll(Regex pattern)
    {
        var names = RepositoryFile
            .Sources()
            .SelectMany(text => pattern.Matches(text).Select(m => m.Groups["name"].Value))
            .Distinct()
            .ToList();
        names.Count.ShouldBeGreaterThan(3);
        names.Where(name => !_page.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [GeneratedRegex(
        """\.Create(?:Counter|Histogram|UpDownCounter|Observable\w+?)(?:<\w+>)?\(\s*"(?<name>[^"]+)""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Metric();

    [GeneratedRegex("""\.SetTag\("(?<name>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpanTag();
}
