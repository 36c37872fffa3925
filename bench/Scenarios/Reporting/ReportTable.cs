using Spectre.Console;

namespace InferenceBroker.Scenarios.Reporting;

/// <summary>Prints a run for people.</summary>
internal static class ReportTable
{
    public static void Print(ScenarioReport report, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in new[] { "#", "scenario", "baseline", "broker", "goal", "met", "took" })
        {
            table.AddColumn(column);
        }

        foreach (var row in report.Scenarios)
        {
            string[] cells = [$"{row.Number}", row.Name, row.Baseline, row.Value, row.Goal, row.Met ? "yes" : "NO", $"{row.Seconds:N1} s"];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        console.Write(table);
        foreach (var row in report.Scenarios)
        {
            var figures = row.Figures.Select(figure => $"{figure.Key} {figure.Value:0.####}");
            console.WriteLine($"{row.Number}: {string.Join("; ", figures)}");
        }
    }
}
