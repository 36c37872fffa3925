using InferenceBroker.EndToEnd.Tests.Infrastructure;

namespace InferenceBroker.EndToEnd.Tests.Faults;

/// <summary>The promise: a worker that is killed in the middle of its calls loses no job.</summary>
public sealed class KilledWorkerTests
{
    [Fact]
    public async Task Killed_worker_loses_no_job()
    {
        await using var cluster = await Clusters.StartAsync(workers: 2);
        var ledger = new Ledger(cluster);
        await ledger.SubmitManyAsync(0, 300, LedgerConfiguration.Model);
        await ledger.WaitForEndedAsync(40);

        await cluster.Workers[0].KillAsync();
        await ledger.SubmitManyAsync(300, 50, LedgerConfiguration.Model);

        await ledger.BalanceAsync();
    }
}
