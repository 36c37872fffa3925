using InferenceBroker.Testing;
using InferenceBroker.Testing.Processes;

namespace InferenceBroker.EndToEnd.Tests.Infrastructure;

/// <summary>A second simulated provider beside the cluster's own, which can be killed and started again.</summary>
internal sealed class TwoProviders : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public TwoProviders()
    {
        var port = FreePort.Next();
        Second = new RoleProcess(
            "Standalone",
            ["simulate", "--port", $"{port}", "--latency-ms", "50"],
            new Dictionary<string, string>(),
            _folder.Path,
            new Uri($"http://127.0.0.1:{port}/"),
            readyPath: "/stats"
        );
    }

    public RoleProcess Second { get; }

    public Task StartAsync() => Second.StartReadyAsync(StartLimit);

    /// <summary>A route over both, or over the first one only.</summary>
    public string Json(Uri first, int firstWeight, int? secondWeight)
    {
        var second = secondWeight is { } weight ? $$""", { "provider": "second", "model": "sim-echo", "weight": {{weight}} }""" : "";
        return $$"""
            {
              "providers": {
                "first": { "kind": "openai", "baseUrl": "{{first}}v1", "concurrency": 16 },
                "second": { "kind": "openai", "baseUrl": "{{Second.Url}}v1", "concurrency": 16 }
              },
              "models": {
                "{{LedgerConfiguration.Model}}": { "targets": [ { "provider": "first", "model": "sim-echo", "weight": {{firstWeight}} }{{second}} ] }
              }
            }
            """;
    }

    public async ValueTask DisposeAsync()
    {
        await Second.DisposeAsync();
        _folder.Dispose();
    }
}
