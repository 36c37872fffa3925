using Spectre.Console;

namespace InferenceBroker.Load.Reporting;

/// <summary>Prints a run's figures for people.</summary>
internal static class ReportTable
{
    public static void Print(LoadReport report, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("figure").AddColumn(new TableColumn(report.Mode).RightAligned());
        table.AddRow($"drain a backlog of {report.EndToEnd.Jobs:N0}", $"{report.EndToEnd.JobsPerSecond:N0} jobs/s");
        table.AddRow(
            $"submit one by one and work, {report.SubmitAndWork.Connections} at once",
            $"{report.SubmitAndWork.JobsPerSecond:N0} jobs/s"
        );
        table.AddRow("accepted over HTTP meanwhile", $"{report.SubmitAndWork.AcceptedPerSecond:N0} /s");
        table.AddRow("accepted in bulk", $"{report.Bulk.AcceptedPerSecond:N0} /s");
        table.AddRow("accept answer p50, unloaded", $"{report.Latency.AcceptP50Ms:N2} ms");
        table.AddRow("submit → result stored p50 / p99, unloaded", $"{report.Latency.ResultP50Ms:N2} / {report.Latency.ResultP99Ms:N2} ms");
        table.AddRow("synchronous call p50, unloaded", $"{report.Latency.SynchronousP50Ms:N2} ms");
        table.AddRow("first token p50 / p99, unloaded", $"{report.Latency.FirstTokenP50Ms:N2} / {report.Latency.FirstTokenP99Ms:N2} ms");
        table.AddRow(
            "provider alone: answer / first token p50",
            $"{report.Latency.ProviderP50Ms:N2} / {report.Latency.ProviderFirstTokenP50Ms:N2} ms"
        );
        foreach (var (process, seconds) in report.CpuSecondsPer1000Jobs)
        {
            table.AddRow($"CPU s per 1,000 jobs: {process}", $"{seconds:N3}");
        }

        foreach (var (process, megabytes) in report.PeakRssMb)
        {
            var queued = report.Queue.RssMb.TryGetValue(process, out var rss) ? $"{rss:N0}" : "–";
            table.AddRow($"peak memory / with {report.Queue.Jobs:N0} queued: {process}", $"{megabytes:N0} / {queued} MB");
        }

        if (report.Pgbench is { } pgbench)
        {
            table.AddRow(
                "pgbench -N on the same server",
                $"{pgbench.Tps:N0} tps ({report.EndToEnd.RatioToPgbench:N2} jobs per transaction)"
            );
        }

        console.Write(table);
    }
}
