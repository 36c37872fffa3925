using System.Net.Http.Json;
using System.Text.Json;

namespace InferenceBroker.EndToEnd.Tests.Infrastructure;

/// <summary>What a simulated provider counted.</summary>
internal sealed record ProviderCounts(int Calls, int RateLimited, int InFlight)
{
    public static async Task<ProviderCounts> ReadAsync(Uri simulator)
    {
        using var client = new HttpClient { BaseAddress = simulator };
        var stats = await client.GetFromJsonAsync<JsonElement>("/stats?jobs=false");
        return new ProviderCounts(
            stats.GetProperty("calls").GetInt32(),
            stats.GetProperty("rate_limited").GetInt32(),
            stats.GetProperty("in_flight").GetInt32()
        );
    }
}
