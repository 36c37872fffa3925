using System.Runtime.CompilerServices;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Domain.Tests.Jobs;

/// <summary>Draws the chart of <c>docs/job-lifecycle.md</c> from the table and compares, so that the picture cannot lie.</summary>
public sealed class JobLifecycleChartTests
{
    [Fact]
    public void The_chart_in_the_documentation_is_the_table()
    {
        var page = File.ReadAllText(PagePath()).ReplaceLineEndings("\n");

        page.ShouldContain(Draw());
    }

    [Fact]
    public void The_page_lists_every_event_that_moves_nothing()
    {
        var page = File.ReadAllText(PagePath());

        SagaEvents.All.Select(e => e.GetType().Name).Distinct().ShouldAllBe(name => page.Contains(name, StringComparison.Ordinal));
    }

    private static string Draw()
    {
        var lines = new List<string> { "```mermaid", "stateDiagram-v2", "    [*] --> Queued" };
        foreach (var state in Enum.GetValues<JobState>())
        {
            var arrows = SagaEvents
                .All.Select(e => (Event: e, Answer: JobSaga.Decide(state, e)))
                .Where(x => x.Answer.Moved)
                .GroupBy(x => x.Answer.Next)
                .OrderBy(g => g.Key);
            lines.AddRange(
                arrows.Select(g => $"    {state} --> {g.Key}: {string.Join("<br/>", g.Select(x => SagaEvents.NameOf(x.Event)))}")
            );
        }

        lines.AddRange(Enum.GetValues<JobState>().Where(s => s.IsTerminal()).Select(s => $"    {s} --> [*]"));
        lines.Add("```");
        return string.Join('\n', lines);
    }

    private static string PagePath([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/job-lifecycle.md"));
}
