using InferenceBroker.Load.Measuring;
using InferenceBroker.Load.Reporting;
using InferenceBroker.Load.Rigs;
using InferenceBroker.Testing.Processes;

namespace InferenceBroker.Load.Phases;

/// <summary>Stores a backlog that becomes due at one moment and measures how fast it is worked off.</summary>
internal static class Drain
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // Time for the scheduler to page the backlog into its index before the moment comes: the drain is measured, not the paging.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(6);

    public static async Task<(EndToEndFigures Figures, IReadOnlyDictionary<string, double> CpuPer1000, BulkFigures Bulk)> RunAsync(
        IRig rig,
        int jobs,
        int promptBytes
    )
    {
        var batchId = $"bench-{Guid.CreateVersion7():N}";
        var time = TimeProvider.System;
        var insertStart = time.GetTimestamp();
        var due = time.GetUtcNow() + Lead + TimeSpan.FromSeconds(jobs / 10_000.0);
        await Backlog.InsertAsync(rig, batchId, BenchConfiguration.Model, jobs, promptBytes, due);
        var inserted = time.GetElapsedTime(insertStart);

        var wait = due - time.GetUtcNow();
        if (wait < TimeSpan.Zero)
        {
            throw new InvalidOperationException("Storing the backlog took longer than the lead time.");
        }

        await Task.Delay(wait, time, CancellationToken.None);
        var before = ProcessMeter.CpuSeconds(rig.Processes());
        var last = await WaitAsync(rig, batchId, jobs);
        var after = ProcessMeter.CpuSeconds(rig.Processes());

        var seconds = (last - due).TotalSeconds;
        var cpu = after.ToDictionary(p => p.Key, p => Math.Round((p.Value - before.GetValueOrDefault(p.Key)) * 1000 / jobs, 4));
        return (
            new EndToEndFigures
            {
                Jobs = jobs,
                Seconds = Math.Round(seconds, 3),
                JobsPerSecond = Math.Round(jobs / seconds, 1),
            },
            cpu,
            new BulkFigures { AcceptedPerSecond = Math.Round(jobs / inserted.TotalSeconds, 1) }
        );
    }

    /// <summary>Waits until all jobs of the batch have ended and returns when the last one did.</summary>
    public static async Task<DateTimeOffset> WaitAsync(IRig rig, string batchId, int jobs)
    {
        BatchProgress progress = default;
        await Eventually.TrueAsync(
            async () =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
                progress = await rig.ProgressAsync(batchId);
                return progress.Completed + progress.OtherEnds >= jobs;
            },
            Limit,
            () => $"{progress.Completed} of {jobs} jobs completed, {progress.OtherEnds} ended otherwise"
        );
        return progress.OtherEnds == 0
            ? progress.LastEnded!.Value
            : throw new InvalidOperationException($"{progress.OtherEnds} of {jobs} jobs did not complete.");
    }
}
