using InferenceBroker.EndToEnd.Tests.Infrastructure;
using InferenceBroker.Testing.Processes;

namespace InferenceBroker.EndToEnd.Tests.Placement;

/// <summary>The promise: a provider's weight can be moved from everything to nothing under load, and no job fails or waits for it.</summary>
public sealed class MovedWeightTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Weight_moved_from_all_to_nothing_under_load_fails_no_job()
    {
        await using var providers = new TwoProviders();
        await providers.StartAsync();
        await using var cluster = await Clusters.StartAsync(configuration: first =>
            providers.Json(first, firstWeight: 1, secondWeight: 100)
        );
        var ledger = new Ledger(cluster);
        await ledger.SubmitManyAsync(0, 100, LedgerConfiguration.Model);

        await cluster.ReconfigureAsync(providers.Json(cluster.Simulator.Url!, firstWeight: 1, secondWeight: null));
        var next = 100;
        var before = -1;
        await Eventually.TrueAsync(
            async () =>
            {
                var calls = (await ProviderCounts.ReadAsync(providers.Second.Url!)).Calls;
                var settled = calls == before;
                before = calls;
                await ledger.SubmitManyAsync(next, 20, LedgerConfiguration.Model);
                next += 20;
                await ledger.WaitForEndedAsync(next);
                return settled;
            },
            Limit,
            () => $"the old provider is still called ({before} calls)"
        );
        await ledger.AllCompletedAsync();
    }
}
