using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.OpenAI;
using InferenceBroker.Providers.Simulated;
using InferenceBroker.Providers.Tests.Calls;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.Simulated;

/// <summary>The real client against the real server across a loopback socket.</summary>
public sealed class SimulatedServerTests : IAsyncLifetime, IDisposable
{
    private readonly OpenAiClient _client = new(TimeProvider.System);
    private SimulatedServer _server = null!;
    private ProviderConnection _connection = null!;

    public async Task InitializeAsync()
    {
        _server = await SimulatedServer.StartAsync(new SimulatedOptions { LatencyMs = 0, TokensPerSecond = 0 });
        _connection = TestCalls.Connection(_server.BaseUrl.AbsoluteUri);
    }

    public void Dispose() => _client.Dispose();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Plain_chat_answers_with_the_prompts_mark_usage_and_model()
    {
        var answer = await SendAsync(TestCalls.Chat(_connection, "some-model", "How are you?"));

        answer.Failure.ShouldBeNull();
        answer.StatusCode.ShouldBe(200);
        answer.HasOutput.ShouldBeTrue();
        using var body = JsonDocument.Parse(answer.Body);
        var choice = body.RootElement.GetProperty("choices")[0];
        choice.GetProperty("message").GetProperty("content").GetString().ShouldStartWith(SimulatedPrompt.Mark("How are you?"));
        choice.GetProperty("finish_reason").GetString().ShouldBe("stop");
        body.RootElement.GetProperty("model").GetString().ShouldBe("some-model");
        answer.Usage!.Value.OutputTokens.ShouldBeInRange(24, 56);
    }

    [Fact]
    public async Task Stream_gives_the_same_answer_as_a_plain_call()
    {
        var sink = new CollectingSink();
        var plain = await SendAsync(TestCalls.Chat(_connection, "m", "Compare"));
        var streamed = await _client.SendAsync(TestCalls.Chat(_connection, "m", "Compare", streaming: true), sink, default);

        streamed.Failure.ShouldBeNull();
        Content(streamed).ShouldBe(Content(plain));
        streamed.Usage.ShouldBe(plain.Usage);
        streamed.TimeToFirstToken.ShouldNotBeNull();
        // role, tokens, finish, usage
        sink.Chunks.Count.ShouldBe(plain.Usage!.Value.OutputTokens + 3);
        sink.Chunks.ShouldAllBe(chunk => !chunk.Contains('\n'));
    }

    [Theory]
    [InlineData("sim-500", FailureClass.Transient, 500)]
    [InlineData("sim-401", FailureClass.Credential, 401)]
    [InlineData("sim-404", FailureClass.ModelUnavailable, 404)]
    [InlineData("sim-quota", FailureClass.Quota, 429)]
    [InlineData("sim-context", FailureClass.ContextTooLong, 400)]
    [InlineData("sim-filter", FailureClass.ContentFiltered, 400)]
    [InlineData("sim-422", FailureClass.CallerFault, 422)]
    [InlineData("sim-malformed", FailureClass.Transient, 200)]
    [InlineData("sim-giveup", FailureClass.Transient, 200)]
    [InlineData("sim-reset", FailureClass.Transient, 0)]
    [InlineData("sim-cut", FailureClass.Transient, 200)]
    public async Task Scripted_fault_of_a_plain_call(string model, FailureClass expected, int status)
    {
        var answer = await SendAsync(TestCalls.Chat(_connection, model));

        answer.Failure.ShouldNotBeNull().Class.ShouldBe(expected);
        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Rate_limited_model_says_how_long_to_wait()
    {
        var answer = await SendAsync(TestCalls.Chat(_connection, "sim-429-3"));

        answer.Failure!.Class.ShouldBe(FailureClass.RateLimited);
        answer.Failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData("sim-cut-5")]
    [InlineData("sim-unterminated-5")]
    public async Task Stream_that_breaks_off_fails_and_keeps_what_came(string model)
    {
        var sink = new CollectingSink();

        var answer = await _client.SendAsync(TestCalls.Chat(_connection, model, "Cut me", streaming: true), sink, default);

        answer.Failure!.Class.ShouldBe(FailureClass.Transient);
        answer.HasOutput.ShouldBeTrue();
        sink.Chunks.Count.ShouldBe(6); // the role and five tokens
        Content(answer).ShouldStartWith(SimulatedPrompt.Mark("Cut me"));
    }

    [Fact]
    public async Task Malformed_stream_is_transient()
    {
        var answer = await SendAsync(TestCalls.Chat(_connection, "sim-malformed", streaming: true));

        answer.Failure!.Class.ShouldBe(FailureClass.Transient);
        answer.HasOutput.ShouldBeFalse();
    }

    [Theory]
    [InlineData("sim-hang", false)]
    [InlineData("sim-hang", true)]
    [InlineData("sim-hang-2", true)]
    public async Task Hanging_model_is_a_timeout(string model, bool streaming)
    {
        var short_ = new CallTimeouts(
            TimeSpan.FromSeconds(5),
            TimeSpan.FromMilliseconds(300),
            TimeSpan.FromMilliseconds(300),
            TimeSpan.FromMilliseconds(600)
        );

        var answer = await SendAsync(TestCalls.Chat(_connection, model, streaming: streaming) with { Timeouts = short_ });

        answer.Failure!.Class.ShouldBe(FailureClass.Timeout);
    }

    [Fact]
    public async Task Callers_cancel_throws_and_the_server_sees_the_connection_close()
    {
        using var cancel = new CancellationTokenSource();
        var sink = new CollectingSink();
        var sent = _client.SendAsync(TestCalls.Chat(_connection, "sim-hang-2", streaming: true), sink, cancel.Token);
        await sink.First;

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sent);
    }

    [Fact]
    public async Task Server_that_is_gone_is_transient()
    {
        await _server.DisposeAsync();

        var answer = await SendAsync(TestCalls.Chat(_connection, "m"));

        answer.Failure!.Class.ShouldBe(FailureClass.Transient);
        answer.Failure.Message.ShouldBe("acme refused the connection.");
        answer.StatusCode.ShouldBe(0);
    }

    [Fact]
    public async Task Embeddings_of_similar_texts_are_close()
    {
        var call = TestCalls.Chat(_connection, "embed") with
        {
            Operation = Operation.Embeddings,
            Body = Encoding.UTF8.GetBytes(
                """{"model":"x","input":["the red house on the hill","on the hill: the red house","quarterly tax report"]}"""
            ),
        };

        var answer = await SendAsync(call);

        answer.Failure.ShouldBeNull();
        using var body = JsonDocument.Parse(answer.Body);
        var vectors = body.RootElement.GetProperty("data").EnumerateArray().Select(Vector).ToArray();
        vectors[0].Length.ShouldBe(256);
        Dot(vectors[0], vectors[1]).ShouldBeGreaterThan(0.99);
        Dot(vectors[0], vectors[2]).ShouldBeLessThan(0.5);
    }

    [Fact]
    public async Task Legacy_completion_obeys_max_tokens()
    {
        var call = TestCalls.Chat(_connection, "m") with
        {
            Operation = Operation.Completions,
            Body = Encoding.UTF8.GetBytes("""{"model":"x","prompt":"Once","max_tokens":4}"""),
        };

        var answer = await SendAsync(call);

        using var body = JsonDocument.Parse(answer.Body);
        var choice = body.RootElement.GetProperty("choices")[0];
        choice.GetProperty("text").GetString().ShouldStartWith(SimulatedPrompt.Mark("Once"));
        choice.GetProperty("finish_reason").GetString().ShouldBe("length");
        answer.Usage!.Value.OutputTokens.ShouldBe(4);
    }

    [Fact]
    public async Task Stats_count_calls_by_model_and_job()
    {
        await SendAsync(TestCalls.Chat(_connection, "a"));
        await SendAsync(TestCalls.Chat(_connection, "a") with { JobId = "job_2" });
        await SendAsync(TestCalls.Chat(_connection, "sim-500"));

        using var http = new HttpClient { BaseAddress = _server.Address };
        var stats = await http.GetFromJsonAsync<JsonElement>("/stats");

        stats.GetProperty("calls").GetInt32().ShouldBe(3);
        stats.GetProperty("failed").GetInt32().ShouldBe(1);
        stats.GetProperty("max_in_flight").GetInt32().ShouldBe(1);
        stats.GetProperty("models").GetProperty("a").GetProperty("calls").GetInt32().ShouldBe(2);
        stats.GetProperty("jobs").GetProperty("job_1").GetInt32().ShouldBe(2);
        stats.GetProperty("jobs").GetProperty("job_2").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Control_switches_an_outage_on_and_off()
    {
        using var http = new HttpClient { BaseAddress = _server.Address };

        (await http.PostAsJsonAsync("/control", new { outage = true })).EnsureSuccessStatusCode();
        var down = await SendAsync(TestCalls.Chat(_connection, "m"));
        (await http.PostAsJsonAsync("/control", new { outage = false })).EnsureSuccessStatusCode();
        var up = await SendAsync(TestCalls.Chat(_connection, "m"));
        var wrong = await http.PostAsJsonAsync("/control", new { latencyMs = "soon" });

        down.StatusCode.ShouldBe(503);
        up.Failure.ShouldBeNull();
        ((int)wrong.StatusCode).ShouldBe(400);
        (await wrong.Content.ReadAsStringAsync()).ShouldContain("latencyMs");
    }

    [Fact]
    public async Task Models_are_listed()
    {
        using var http = new HttpClient { BaseAddress = _server.Address };

        var models = await http.GetFromJsonAsync<JsonElement>("/v1/models");

        models.GetProperty("data").EnumerateArray().ShouldContain(model => model.GetProperty("id").GetString() == "sim-echo");
    }

    private Task<ProviderAnswer> SendAsync(ProviderCall call) => _client.SendAsync(call, new CollectingSink(), CancellationToken.None);

    private static string Content(ProviderAnswer answer)
    {
        using var body = JsonDocument.Parse(answer.Body);
        return body.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    private static float[] Vector(JsonElement item) =>
        [.. item.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle())];

    private static double Dot(float[] left, float[] right) => left.Zip(right, (a, b) => (double)a * b).Sum();
}
