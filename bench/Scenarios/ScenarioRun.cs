using System.Globalization;
using InferenceBroker.Scenarios.Reporting;
using Spectre.Console;

namespace InferenceBroker.Scenarios;

/// <summary>Runs scenarios one after the other.</summary>
internal static class ScenarioRun
{
    /// <returns>The exit code: 1 where a goal is missed, 2 where there is nothing to run.</returns>
    public static int Run(string? only, string? json)
    {
        var numbers = Parse(only);
        var scenarios = ScenarioList.All.Where(scenario => numbers is null || numbers.Contains(scenario.Number)).ToList();
        if (scenarios.Count == 0)
        {
            AnsiConsole.WriteLine($"No scenario has one of the numbers {only}.");
            return 2;
        }

        var report = new ScenarioReport([.. scenarios.Select(Run)]);
        ReportTable.Print(report, AnsiConsole.Console);
        if (json is not null)
        {
            ReportFile.Write(json, report);
        }

        return report.Scenarios.All(row => row.Met) ? 0 : 1;
    }

    private static HashSet<int>? Parse(string? only) =>
        only
            ?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(number => int.TryParse(number, CultureInfo.InvariantCulture, out var known) ? known : 0)
            .ToHashSet();

    private static ScenarioRow Run(IScenario scenario)
    {
        var started = TimeProvider.System.GetTimestamp();
        var result = scenario.Run(length: 1);
        var seconds = Math.Round(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 1);
        return new ScenarioRow(
            scenario.Number,
            scenario.Name,
            result.Baseline,
            result.Value,
            result.Goal,
            result.Met,
            seconds,
            result.Figures
        );
    }
}
