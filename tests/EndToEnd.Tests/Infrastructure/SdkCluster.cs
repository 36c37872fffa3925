using InferenceBroker.Testing.Processes;

namespace InferenceBroker.EndToEnd.Tests.Infrastructure;

/// <summary>One running broker with two Api processes for the tests of public clients.</summary>
public sealed class SdkCluster : IAsyncLifetime
{
    private BrokerCluster? _cluster;

    public BrokerCluster Cluster => _cluster ?? throw new InvalidOperationException("The cluster has not started.");

    public async Task InitializeAsync() =>
        _cluster = await Clusters.StartAsync(apis: 2, configuration: Configuration, simulatorArguments: ["--latency-ms", "20"]);

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    private static string Configuration(Uri provider) =>
        $$"""
            {
              "providers": { "sim": { "kind": "openai", "baseUrl": "{{provider}}v1", "concurrency": 32 } },
              "models": {
                "gpt-4o-mini": { "targets": [ { "provider": "sim", "model": "sim-echo", "weight": 1 } ] },
                "slow-stream": { "targets": [ { "provider": "sim", "model": "sim-stream-slow", "weight": 1 } ] },
                "text-embedding-3-small": { "targets": [ { "provider": "sim", "model": "sim-embedding", "weight": 1 } ] },
                "always-500": { "targets": [ { "provider": "sim", "model": "sim-500", "weight": 1 } ] },
                "hangs": { "targets": [ { "provider": "sim", "model": "sim-hang", "weight": 1 } ] }
              },
              "limits": { "maxAttempts": 2 }
            }
            """;
}
