using System.Net.Http.Json;
using System.Text.Json;
using InferenceBroker.Testing.Processes;

namespace InferenceBroker.EndToEnd.Tests.Infrastructure;

/// <summary>Reads the simulated provider's own ledger.</summary>
internal static class SimulatorStats
{
    public static async Task<Dictionary<string, int>> CallsByJobAsync(BrokerCluster cluster) =>
        (await ReadAsync(cluster)).GetProperty("jobs").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32());

    /// <summary>All calls that came.</summary>
    public static async Task<int> CallsAsync(BrokerCluster cluster) => (await ReadAsync(cluster)).GetProperty("calls").GetInt32();

    public static async Task<int> InFlightAsync(BrokerCluster cluster) => (await ReadAsync(cluster)).GetProperty("in_flight").GetInt32();

    private static async Task<JsonElement> ReadAsync(BrokerCluster cluster)
    {
        using var client = new HttpClient { BaseAddress = cluster.Simulator.Url };
        return await client.GetFromJsonAsync<JsonElement>("/stats");
    }
}
