using InferenceBroker.EndToEnd.Tests.Infrastructure;

namespace InferenceBroker.EndToEnd.Tests.Faults;

/// <summary>The promise: when the active scheduler is killed a standby takes over, and no job is lost or called twice.</summary>
public sealed class KilledSchedulerTests
{
    [Fact]
    public async Task Killed_active_scheduler_loses_no_job()
    {
        await using var cluster = await Clusters.StartAsync(schedulers: 2);
        var ledger = new Ledger(cluster);
        await ledger.SubmitManyAsync(0, 300, LedgerConfiguration.Model);
        await ledger.WaitForEndedAsync(40);

        var leader = await Clusters.LeaderAsync(cluster);
        await leader.KillAsync();
        await ledger.SubmitManyAsync(300, 50, LedgerConfiguration.Model);

        await ledger.BalanceAsync();
    }
}
