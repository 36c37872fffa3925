using System.Net.Http.Json;
using System.Text.Json;
using InferenceBroker.EndToEnd.Tests.Infrastructure;
using InferenceBroker.Testing.Processes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace InferenceBroker.EndToEnd.Tests.Sdk;

/// <summary>The unmodified SignalR .NET client streams jobs, over JSON and MessagePack, from either Api process.</summary>
[Collection(SdkCollection.Name)]
public sealed class SignalRDotNetClientTests(SdkCluster sdk)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StreamJob_on_another_api_delivers_every_event_once(bool messagePack)
    {
        var id = await SubmitAsync();
        await using var hub = await ConnectAsync(api: 1, messagePack);

        var events = await ReadAsync(hub, id, after: 0, count: int.MaxValue);

        events[0].Type.ShouldBe("job.queued");
        events[^1].Type.ShouldBe("job.completed");
        events.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, events.Count));
        events.Count(e => e.Type == "chunk").ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Reader_that_is_cut_and_comes_back_to_another_api_gets_the_rest_once()
    {
        var id = await SubmitAsync();
        await using var first = await ConnectAsync(api: 0, messagePack: false);
        var before = await ReadAsync(first, id, after: 0, count: 4);
        await first.StopAsync();

        await using var second = await ConnectAsync(api: 1, messagePack: false);
        var rest = await ReadAsync(second, id, after: before[^1].Sequence, count: int.MaxValue);

        before.Concat(rest).Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, before.Count + rest.Count));
        rest[^1].Type.ShouldBe("job.completed");
    }

    private static async Task<List<(string Type, int Sequence)>> ReadAsync(HubConnection hub, string id, int after, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var events = new List<(string, int)>();
        await foreach (var item in hub.StreamAsync<Dictionary<string, object>>("StreamJob", id, after, limit.Token))
        {
            events.Add((item["type"].ToString()!, int.Parse(item["sequence_number"].ToString()!)));
            if (events.Count == count)
            {
                break;
            }
        }

        return events;
    }

    private async Task<string> SubmitAsync()
    {
        using var client = sdk.Cluster.CreateClient();
        var body = new
        {
            model = "slow-stream",
            stream = true,
            messages = new[] { new { role = "user", content = "Tell me a story." } },
        };
        using var answer = await client.PostAsJsonAsync("/v1/jobs", new { body });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private async Task<HubConnection> ConnectAsync(int api, bool messagePack)
    {
        var builder = new HubConnectionBuilder().WithUrl(
            new Uri(sdk.Cluster.Apis[api].Url!, "/hubs/jobs"),
            options => options.AccessTokenProvider = () => Task.FromResult<string?>(BrokerCluster.ApiKey)
        );
        if (messagePack)
        {
            builder.AddMessagePackProtocol();
        }

        var hub = builder.Build();
        await hub.StartAsync();
        return hub;
    }
}
