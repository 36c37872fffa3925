using InferenceBroker.EndToEnd.Tests.Infrastructure;
using InferenceBroker.Testing.Processes;
using Shouldly;

namespace InferenceBroker.EndToEnd.Tests.Placement;

/// <summary>
/// The promise: a provider that enforces its limits strictly over any 60 seconds never has to say 429, at twice the load that it allows, and
/// although the leader that counted is killed in the middle of a minute.
/// </summary>
public sealed class StrictLimitsTests
{
    private const int PerMinute = 240;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);

    [Fact]
    public async Task No_429_at_twice_the_allowed_load_though_the_leader_is_killed()
    {
        await using var cluster = await Clusters.StartAsync(
            schedulers: 2,
            configuration: Json,
            simulatorArguments: ["--latency-ms", "50", "--requests-per-minute", $"{PerMinute}"]
        );
        var ledger = new Ledger(cluster);
        await ledger.SubmitManyAsync(0, 2 * PerMinute, LedgerConfiguration.Model);
        await WaitForCallsAsync(cluster, PerMinute / 2);

        var leader = await Clusters.LeaderAsync(cluster);
        await leader.KillAsync();

        // More calls than one minute allows: so the minute in which the leader was killed is over, and the next one has begun.
        await WaitForCallsAsync(cluster, PerMinute + (PerMinute / 4));
        (await ProviderCounts.ReadAsync(cluster.Simulator.Url!)).RateLimited.ShouldBe(0);
    }

    private static Task WaitForCallsAsync(BrokerCluster cluster, int calls)
    {
        ProviderCounts? stats = null;
        return Eventually.TrueAsync(
            async () => (stats = await ProviderCounts.ReadAsync(cluster.Simulator.Url!)).Calls >= calls,
            Limit,
            () => $"{stats} instead of {calls} calls"
        );
    }

    private static string Json(Uri provider) =>
        $$"""
            {
              "providers": {
                "sim": {
                  "kind": "openai", "baseUrl": "{{provider}}v1", "concurrency": 16,
                  "keys": [ { "name": "main", "value": "sk-test", "requestsPerMinute": {{PerMinute}} } ]
                }
              },
              "models": { "{{LedgerConfiguration.Model}}": { "targets": [ { "provider": "sim", "model": "sim-echo" } ] } }
            }
            """;
}
