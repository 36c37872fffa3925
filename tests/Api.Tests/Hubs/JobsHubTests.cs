using System.Text.Json;
using InferenceBroker.Domain.Jobs;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Hubs;

public sealed class JobsHubTests
{
    [Fact]
    public async Task StreamJob_ResumesAfterASequenceNumber_OnAnotherApi()
    {
        await using var api = await ApiHost.StartAsync();
        await using var other = await ApiHost.StartAsync(api.World);
        var id = await api.SubmitAsync(stream: true);
        await api.Worker.StartAsync(id);
        await api.Worker.AppendAsync(id, """{"n":0,"half":0.5}""");
        var seen = new List<JsonElement>();
        await using (var first = await ConnectAsync(api, ApiHost.Key))
        {
            await foreach (var happened in first.StreamAsync<JsonElement>("StreamJob", id.ToString(), 0))
            {
                seen.Add(happened);
                if (seen.Count == 2)
                {
                    break;
                }
            }
        }

        await using var second = await ConnectAsync(other, ApiHost.Key);
        var rest = ReadAllAsync(second, id, after: 2);
        await api.Worker.CompleteAsync(id);
        seen.AddRange(await rest);

        seen.Select(e => e.GetProperty("sequence_number").GetInt32()).ShouldBe([1, 2, 3, 4, 5]);
        seen.Select(e => e.GetProperty("type").GetString())
            .ShouldBe(["job.queued", "attempt.started", "chunk", "attempt.ended", "job.completed"]);
        seen[2].GetProperty("chunk").GetRawText().ShouldBe("""{"n":0,"half":0.5}""");
        seen[4].GetProperty("job").GetProperty("cost").GetDouble().ShouldBe(0.00031);
    }

    [Fact]
    public async Task Submit_GetJobAndCancel_WorkAsOverHttp()
    {
        await using var api = await ApiHost.StartAsync();
        await using var hub = await ConnectAsync(api, ApiHost.Key);

        var job = await hub.InvokeAsync<JsonElement>(
            "Submit",
            new { body = new { model = "model-a", messages = new[] { new { role = "user", content = "Hi" } } }, priority = 2 }
        );
        var id = job.GetProperty("id").GetString();

        job.GetProperty("priority").GetInt32().ShouldBe(2);
        (await hub.InvokeAsync<JsonElement>("GetJob", id)).GetProperty("queue").GetProperty("position").GetInt32().ShouldBe(1);
        (await hub.InvokeAsync<JsonElement>("Cancel", id)).GetProperty("status").GetString().ShouldBe("cancelled");
        var refused = await Should.ThrowAsync<HubException>(hub.InvokeAsync<JsonElement>("Submit", new { colour = "red" }));
        refused.Message.ShouldContain("unknown_parameter: Unknown parameter: 'colour'.");
    }

    [Fact]
    public async Task Token_ReadsItsJobOnly()
    {
        await using var api = await ApiHost.StartAsync();
        var id = await api.SubmitAsync();
        var second = await api.SubmitAsync();
        var token = (await ApiHost.JsonAsync(await api.PostAsync($"/v1/jobs/{id}/token", ""))).GetProperty("token").GetString()!;
        await using var hub = await ConnectAsync(api, token);

        (await hub.InvokeAsync<JsonElement>("GetJob", id.ToString())).GetProperty("id").GetString().ShouldBe(id.ToString());
        foreach (var method in new[] { "GetJob", "Cancel" })
        {
            var error = await Should.ThrowAsync<HubException>(hub.InvokeAsync<JsonElement>(method, second.ToString()));
            error.Message.ShouldContain("token_out_of_scope");
        }

        (await Should.ThrowAsync<HubException>(hub.InvokeAsync<JsonElement>("Cancel", id.ToString()))).Message.ShouldContain(
            "token_out_of_scope"
        );
        api.World.Time.Advance(TimeSpan.FromMinutes(16));
        (await Should.ThrowAsync<HubException>(hub.InvokeAsync<JsonElement>("GetJob", id.ToString()))).Message.ShouldContain(
            "invalid_api_key"
        );
    }

    private static async Task<HubConnection> ConnectAsync(ApiHost api, string key)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl($"{api.Url}/hubs/jobs", options => options.AccessTokenProvider = () => Task.FromResult<string?>(key))
            .Build();
        await connection.StartAsync();
        return connection;
    }

    private static async Task<List<JsonElement>> ReadAllAsync(HubConnection hub, JobId id, int after)
    {
        var events = new List<JsonElement>();
        await foreach (var happened in hub.StreamAsync<JsonElement>("StreamJob", id.ToString(), after))
        {
            events.Add(happened);
        }

        return events;
    }
}
