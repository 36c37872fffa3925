using InferenceBroker.EndToEnd.Tests.Infrastructure;

namespace InferenceBroker.EndToEnd.Tests.Faults;

/// <summary>The promise: what an Api process accepted before it was killed is answered, and clients go on with another one.</summary>
public sealed class KilledApiTests
{
    [Fact]
    public async Task Killed_api_loses_no_accepted_job()
    {
        await using var cluster = await Clusters.StartAsync(apis: 2);
        var ledger = new Ledger(cluster);
        await ledger.SubmitManyAsync(0, 100, LedgerConfiguration.Model);

        var more = ledger.SubmitManyAsync(100, 300, LedgerConfiguration.Model);
        await ledger.WaitForEndedAsync(60);
        await cluster.Apis[1].KillAsync();
        await more;

        await ledger.BalanceAsync(api: 0);
    }
}
