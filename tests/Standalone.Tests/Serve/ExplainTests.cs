using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using InferenceBroker.Standalone.Serve;
using InferenceBroker.Standalone.Tests.Fakes;
using Shouldly;
using Xunit;

namespace InferenceBroker.Standalone.Tests.Serve;

/// <summary>All roles in one process: what the scheduler's memory knows reaches a client of the Api.</summary>
public sealed class ExplainTests : IDisposable
{
    private const string Configuration = """
        {
          "providers": { "azure-eu": { "kind": "simulated", "keys": [ { "name": "main", "value": "none", "requestsPerMinute": 1 } ],
            "settings": { "latencyMs": "1", "outputTokens": "3" } } },
          "models": { "*": { "targets": [ { "provider": "azure-eu" } ] } }
        }
        """;

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(40));

    [Fact]
    public async Task A_waiting_job_says_why_and_a_dispatched_one_shows_the_endpoint_that_was_picked()
    {
        using var folder = new TemporaryFolder();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token);
        var listening = new ListeningOutput();
        var options = new ServeOptions
        {
            ConfigFile = folder.Write("broker.json", Configuration),
            DataFolder = folder.File("data"),
            Urls = "http://127.0.0.1:0",
        };
        var serving = new ServeAction(listening).RunAsync(options, stop.Token);
        using var http = new HttpClient { BaseAddress = await listening.Url.WaitAsync(_limit.Token) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (await File.ReadAllTextAsync(Path.Combine(options.DataFolder, "api.key"))).Trim()
        );

        var first = await SubmitAsync(http, wait: true);
        var second = await SubmitAsync(http, wait: false);

        var explanation = await http.GetFromJsonAsync<JsonElement>($"/v1/jobs/{first}/explain", _limit.Token);
        var candidate = explanation.GetProperty("attempts")[0].GetProperty("decision").GetProperty("candidates")[0];
        candidate.GetProperty("endpoint").GetString()!.ShouldStartWith("azure-eu/main/");
        candidate.GetProperty("picked").GetBoolean().ShouldBeTrue();

        string? reason = null;
        while (reason?.StartsWith("waiting for requests/min at azure-eu/main, about ", StringComparison.Ordinal) != true)
        {
            // The hint of the submission may still be on its way to the scheduler.
            var job = await http.GetFromJsonAsync<JsonElement>($"/v1/jobs/{second}", _limit.Token);
            reason = job.GetProperty("status_reason").GetString();
        }

        await stop.CancelAsync();
        await serving;
    }

    public void Dispose() => _limit.Dispose();

    private async Task<string> SubmitAsync(HttpClient http, bool wait)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs");
        request.Content = JsonContent.Create(
            new { body = new { model = "m", messages = new[] { new { role = "user", content = "Hi" } } } }
        );
        if (wait)
        {
            request.Headers.Add("Prefer", "wait=30");
        }

        using var response = await http.SendAsync(request, _limit.Token);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>(_limit.Token)).GetProperty("id").GetString()!;
    }

    /// <summary>Waits for the line that says where the program listens.</summary>
    private sealed class ListeningOutput : StringWriter
    {
        private readonly TaskCompletionSource<Uri> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Uri> Url => _url.Task;

        public override Task WriteLineAsync(string? value)
        {
            if (Array.Find((value ?? "").Split(' '), word => word.StartsWith("http://", StringComparison.Ordinal)) is { } url)
            {
                _url.TrySetResult(new Uri(url));
            }

            return Task.CompletedTask;
        }
    }
}
