using InferenceBroker.EndToEnd.Tests.Infrastructure;
using InferenceBroker.Testing.Postgres;
using InferenceBroker.Testing.Processes;
using Npgsql;
using Shouldly;

namespace InferenceBroker.EndToEnd.Tests.Placement;

/// <summary>The promise: a provider that dies is left alone, the others answer its jobs, and once it is back it is found by a probe and gets its share step by step.</summary>
public sealed class RevivedProviderTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Killed_provider_is_left_alone_and_comes_back_by_a_probe()
    {
        await using var providers = new TwoProviders();
        await providers.StartAsync();
        var postgres = await (await PrivatePostgres.SharedAsync()).CreateDatabaseAsync();
        await using var cluster = await Clusters.StartAsync(
            postgres: postgres,
            configuration: first => providers.Json(first, firstWeight: 1, secondWeight: 1)
        );
        var ledger = new Ledger(cluster);
        await ledger.SubmitManyAsync(0, 100, LedgerConfiguration.Model);
        await ledger.WaitForEndedAsync(100);

        await providers.Second.KillAsync();
        await ledger.SubmitManyAsync(100, 200, LedgerConfiguration.Model);
        await ledger.WaitForEndedAsync(300);
        (await BreakerAsync(postgres)).ShouldBeOneOf("Open", "HalfOpen", "Probing");

        await providers.StartAsync();
        var next = 300;
        await Eventually.TrueAsync(
            async () =>
            {
                await ledger.SubmitManyAsync(next, 10, LedgerConfiguration.Model);
                next += 10;
                return await BreakerAsync(postgres) is "Recovering" or "Closed";
            },
            Limit,
            () => "the breaker did not let the provider recover"
        );
        await ledger.WaitForEndedAsync(next);
        (await ProviderCounts.ReadAsync(providers.Second.Url!)).Calls.ShouldBeInRange(1, next / 2);
        await ledger.AllCompletedAsync();
    }

    private static async Task<string> BreakerAsync(string postgres)
    {
        await using var source = NpgsqlDataSource.Create(postgres);
        await using var command = source.CreateCommand(
            "SELECT snapshot::jsonb -> 'Breaker' ->> 'State' FROM endpoint_health WHERE endpoint = 'second/default/sim-echo'"
        );
        return await command.ExecuteScalarAsync() as string ?? "Closed";
    }
}
