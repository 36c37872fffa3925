using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using InferenceBroker.EndToEnd.Tests.Infrastructure;
using InferenceBroker.Testing.Processes;
using Shouldly;

namespace InferenceBroker.EndToEnd.Tests.Faults;

/// <summary>The promise: who cancels a running job stops paying for it: the provider sees the connection close within a second.</summary>
public sealed class CancelledJobTests
{
    private const int JobsOfEachModel = 4;
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Cancelling_a_running_job_ends_the_providers_call_within_a_second()
    {
        // The heartbeat brings cancellations too. At its slowest it could not be in time for all these jobs: the message has to be.
        await using var cluster = await Clusters.StartAsync(
            workers: 2,
            configuration: Configuration,
            environment: new Dictionary<string, string> { ["Broker__Workers__HeartbeatSeconds"] = "5" }
        );
        using var client = cluster.CreateClient();
        var times = new List<string>();

        foreach (var model in Enumerable.Repeat<string[]>(["silent", "streaming"], JobsOfEachModel).SelectMany(m => m))
        {
            var id = await SubmitAsync(client, model);
            await WaitForCallsInFlightAsync(cluster, 1);

            var clock = Stopwatch.StartNew();
            using var answer = await client.PostAsync($"/v1/jobs/{id}/cancel", content: null);
            answer.EnsureSuccessStatusCode();
            await WaitForCallsInFlightAsync(cluster, 0);
            times.Add($"{model} {clock.ElapsedMilliseconds} ms");
            clock.Elapsed.ShouldBeLessThan(Promise, string.Join(", ", times));

            await CheckCancelledAsync(client, id);
        }

        (await SimulatorStats.CallsByJobAsync(cluster)).Values.ShouldAllBe(calls => calls == 1);
    }

    private static async Task<string> SubmitAsync(HttpClient client, string model)
    {
        var body = new
        {
            model,
            stream = model == "streaming",
            messages = new[] { new { role = "user", content = "Think long and hard." } },
        };
        using var answer = await client.PostAsJsonAsync("/v1/jobs", new { url = "/v1/chat/completions", body });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static Task WaitForCallsInFlightAsync(BrokerCluster cluster, int count)
    {
        var calls = 0;
        return Eventually.TrueAsync(
            async () => (calls = await SimulatorStats.InFlightAsync(cluster)) == count,
            Limit,
            () => $"{calls} calls are in flight at the provider instead of {count}"
        );
    }

    private static async Task CheckCancelledAsync(HttpClient client, string id)
    {
        var job = default(JsonElement);
        await Eventually.TrueAsync(
            async () =>
            {
                job = await client.GetFromJsonAsync<JsonElement>($"/v1/jobs/{id}");
                return job.GetProperty("status").GetString() == "cancelled";
            },
            Limit,
            () => $"the job is not cancelled: {job}"
        );
        job.GetProperty("attempts")
            .EnumerateArray()
            .Select(a => a.GetProperty("outcome").GetString())
            .ShouldBe(["cancelled"], job.ToString());
    }

    /// <summary>Neither call would end by itself for minutes.</summary>
    private static string Configuration(Uri provider) =>
        $$"""
            {
              "providers": { "sim": { "kind": "openai", "baseUrl": "{{provider}}v1", "concurrency": 16 } },
              "models": {
                "silent": { "targets": [ { "provider": "sim", "model": "sim-hang", "weight": 1 } ] },
                "streaming": { "targets": [ { "provider": "sim", "model": "sim-fast-rate-2-tokens-2000", "weight": 1 } ] }
              }
            }
            """;
}
