namespace InferenceBroker.EndToEnd.Tests.Infrastructure;

/// <summary>The configuration of the fault tests: one simulated provider across a real network, slow enough that faults hit work in flight.</summary>
internal static class LedgerConfiguration
{
    /// <summary>A model whose answers hold the prompt, so that a ledger can tell whose answer it is.</summary>
    public const string Model = "echo";

    public static IReadOnlyList<string> SimulatorArguments { get; } = ["--latency-ms", "100"];

    public static string Json(Uri provider) =>
        $$"""
            {
              "providers": { "sim": { "kind": "openai", "baseUrl": "{{provider}}v1", "concurrency": 16 } },
              "models": { "{{Model}}": { "targets": [ { "provider": "sim", "model": "sim-echo", "weight": 1 } ] } }
            }
            """;
}
