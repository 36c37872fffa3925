using InferenceBroker.EndToEnd.Tests.Infrastructure;

namespace InferenceBroker.EndToEnd.Tests.Faults;

/// <summary>The promise: every role sits out a restart of PostgreSQL; results in hand are stored afterwards.</summary>
public sealed class RestartedPostgresTests
{
    [Fact]
    public async Task Restarted_PostgreSQL_loses_no_job()
    {
        await using var postgres = await Clusters.StartOwnPostgresAsync();
        await using var cluster = await Clusters.StartAsync(postgres: await postgres.CreateDatabaseAsync());
        var ledger = new Ledger(cluster);
        await ledger.SubmitManyAsync(0, 250, LedgerConfiguration.Model);
        await ledger.WaitForEndedAsync(40);

        await postgres.KillAsync();
        await postgres.StartAsync();
        await ledger.SubmitManyAsync(250, 50, LedgerConfiguration.Model);

        await ledger.BalanceAsync();
    }
}
