using InferenceBroker.Load.Measuring;
using InferenceBroker.Load.Reporting;
using InferenceBroker.Load.Rigs;

namespace InferenceBroker.Load.Phases;

/// <summary>Fills the queue with jobs that no provider takes and reads the memory of every process.</summary>
internal static class QueueMemory
{
    // Long enough for the scheduler's sweep to have paged in what it keeps.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    public static async Task<QueueFigures> RunAsync(IRig rig, int jobs, int promptBytes)
    {
        await Backlog.InsertAsync(rig, "bench-parked", BenchConfiguration.ParkedModel, jobs, promptBytes, notBefore: null);
        await Task.Delay(Settle, TimeProvider.System, CancellationToken.None);
        return new QueueFigures { Jobs = jobs, RssMb = ProcessMeter.RssMb(rig.Processes()) };
    }
}
