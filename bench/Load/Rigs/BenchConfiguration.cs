using InferenceBroker.Testing;

namespace InferenceBroker.Load.Rigs;

/// <summary>The <c>broker.json</c> of the benchmark: one fast provider, and one that takes almost nothing so that jobs pile up.</summary>
internal static class BenchConfiguration
{
    public const string Model = "bench-model";
    public const string ParkedModel = "parked-model";

    // The provider's answers without latency: the benchmark measures the broker.
    private const string UpstreamModel = "sim-fast";

    public static string Write(TemporaryFolder folder, Uri provider, int concurrency)
    {
        var path = folder.File("broker.json");
        File.WriteAllText(
            path,
            $$"""
            {
              "providers": {
                "bench": { "kind": "openai", "baseUrl": "{{provider}}v1", "concurrency": {{concurrency}} },
                "parked": { "kind": "openai", "baseUrl": "{{provider}}v1", "concurrency": 1,
                            "keys": [ { "name": "default", "value": "", "requestsPerMinute": 1 } ] }
              },
              "models": {
                "{{Model}}": { "targets": [ { "provider": "bench", "model": "{{UpstreamModel}}", "weight": 1 } ] },
                "{{ParkedModel}}": { "targets": [ { "provider": "parked", "model": "{{UpstreamModel}}", "weight": 1 } ] }
              }
            }
            """
        );
        return path;
    }
}
