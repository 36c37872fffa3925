using InferenceBroker.Load.Measuring;
using InferenceBroker.Load.Phases;
using InferenceBroker.Load.Reporting;
using InferenceBroker.Load.Rigs;
using InferenceBroker.Testing.Processes;
using Spectre.Console;

namespace InferenceBroker.Load;

/// <summary>One run: start, warm up, measure phase by phase, store the figures.</summary>
internal static class LoadRun
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        await using IRig rig = options.Embedded ? new EmbeddedRig(options) : new DistributedRig(options);
        Say($"starting the {rig.Name} rig");
        await rig.StartAsync();
        var report = new LoadReport
        {
            Mode = rig.Name,
            At = TimeProvider.System.GetUtcNow(),
            Cores = Environment.ProcessorCount,
        };

        Say($"warming up with {options.WarmUp:N0} jobs");
        await SubmitAndWork.RunAsync(rig, options.WarmUp / 5, options.Connections, options.PromptBytes);
        await Drain.RunAsync(rig, options.WarmUp - (options.WarmUp / 5), options.PromptBytes);

        Say("one job at a time");
        report.Latency = await Latency.RunAsync(rig, options.LatencyJobs, options.PromptBytes);

        Say($"draining a backlog of {options.Jobs:N0} jobs");
        (report.EndToEnd, report.CpuSecondsPer1000Jobs, report.Bulk) = await Drain.RunAsync(rig, options.Jobs, options.PromptBytes);

        Say($"submitting {options.Submits:N0} jobs one by one over {options.Connections} connections");
        report.SubmitAndWork = await SubmitAndWork.RunAsync(rig, options.Submits, options.Connections, options.PromptBytes);

        Say("pgbench on the same server");
        if (await rig.PgbenchAsync() is { } tps)
        {
            report.Pgbench = new PgbenchFigures(Math.Round(tps, 1));
            report.EndToEnd.RatioToPgbench = Math.Round(report.EndToEnd.JobsPerSecond / tps, 2);
        }

        if (options.Queued > 0)
        {
            Say($"memory with {options.Queued:N0} jobs waiting");
            report.Queue = await QueueMemory.RunAsync(rig, options.Queued, options.PromptBytes);
        }

        report.PeakRssMb = ProcessMeter.PeakRssMb(rig.Processes());
        Store(report, options.Json);
        ReportTable.Print(report, AnsiConsole.Console);
        return 0;
    }

    private static void Store(LoadReport report, string? json)
    {
        var folder = Path.Combine(RepositoryPaths.Root, "bench", "Load", "results");
        Directory.CreateDirectory(folder);
        ReportFile.Write(report, Path.Combine(folder, $"{report.Mode}.json"));
        if (json is not null)
        {
            ReportFile.Write(report, json);
        }
    }

    private static void Say(string text) => AnsiConsole.MarkupLineInterpolated($"[grey]· {text}[/]");
}
