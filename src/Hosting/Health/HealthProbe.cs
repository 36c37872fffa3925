using Microsoft.AspNetCore.Builder;

namespace InferenceBroker.Hosting.Health;

/// <summary>The switch <c>--health</c>: asks the process of the same role on this machine, so that container images need no HTTP tool.</summary>
internal static class HealthProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <returns>0 where the process is ready, else 1.</returns>
    public static async Task<int> RunAsync(string role, string[] args)
    {
        var configuration = WebApplication.CreateBuilder(args).Configuration;
        var address = ProbeAddress.Of(configuration["urls"], configuration["http_ports"], BrokerRoles.DefaultUrl(role));
        using var client = new HttpClient { Timeout = Timeout };
        try
        {
            using var response = await client.GetAsync(new Uri(address, HealthRegistration.ReadyPath));
            await Console.Out.WriteLineAsync(await response.Content.ReadAsStringAsync());
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {e.Message}");
            return 1;
        }
    }
}
