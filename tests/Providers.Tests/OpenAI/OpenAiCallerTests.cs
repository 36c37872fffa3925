using System.Net;
using System.Text;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.OpenAI;
using InferenceBroker.Providers.Tests.Calls;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.OpenAI;

public sealed class OpenAiCallerTests
{
    private const string Good =
        """{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1},"unknown":[1, 2]}""";

    private readonly CollectingSink _sink = new();

    [Fact]
    public async Task Request_as_it_goes_over_the_wire()
    {
        using var transport = new FakeTransport(200, Good);
        var connection = TestCalls.Connection("https://api.acme.test/v1", ("header.openai-organization", "org-1"));

        await SendAsync(transport, TestCalls.Chat(connection, "up-model"));

        var request = transport.Requests.ShouldHaveSingleItem();
        request.RequestUri!.AbsoluteUri.ShouldBe("https://api.acme.test/v1/chat/completions");
        request.Version.ShouldBe(HttpVersion.Version20);
        request.Headers.GetValues("Authorization").ShouldBe(["Bearer sk-secret"]);
        request.Headers.GetValues("x-broker-job-id").ShouldBe(["job_1"]);
        request.Headers.GetValues("openai-organization").ShouldBe(["org-1"]);
        request.Content!.Headers.ContentType!.MediaType.ShouldBe("application/json");
        transport.Bodies.ShouldBe(["""{"model":"up-model","messages":[{"role":"user","content":"Hello"}]}"""]);
    }

    [Theory]
    [InlineData(Operation.ChatCompletions, "http://h:1/v1/chat/completions")]
    [InlineData(Operation.Completions, "http://h:1/v1/completions")]
    [InlineData(Operation.Embeddings, "http://h:1/v1/embeddings")]
    public async Task Each_operation_has_its_route(Operation operation, string expected)
    {
        using var transport = new FakeTransport(200, Good);

        await SendAsync(transport, TestCalls.Chat(TestCalls.Connection("http://h:1/v1/"), "m") with { Operation = operation });

        transport.Requests[0].RequestUri!.AbsoluteUri.ShouldBe(expected);
        transport.Requests[0].Version.ShouldBe(HttpVersion.Version11);
    }

    [Fact]
    public async Task Key_may_go_into_another_header()
    {
        using var transport = new FakeTransport(200, Good);

        await SendAsync(transport, TestCalls.Chat(TestCalls.Connection("https://a.test", ("credentialheader", "api-key")), "m"));

        transport.Requests[0].Headers.GetValues("api-key").ShouldBe(["sk-secret"]);
        transport.Requests[0].Headers.Contains("Authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task Plain_answer_is_kept_byte_for_byte()
    {
        using var transport = new FakeTransport(200, Good);

        var answer = await SendAsync(transport, Chat());

        answer.Failure.ShouldBeNull();
        Encoding.UTF8.GetString(answer.Body!).ShouldBe(Good);
        answer.Usage.ShouldBe(new TokenUsage(3, 1));
        answer.HasOutput.ShouldBeTrue();
        _sink.Chunks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":[{"message":{"content":"half"},"finish_reason":"error"}]}""")]
    public async Task A_200_that_is_no_answer_is_transient(string body)
    {
        using var transport = new FakeTransport(200, body);

        (await SendAsync(transport, Chat())).Failure!.Class.ShouldBe(FailureClass.Transient);
    }

    [Fact]
    public async Task A_200_with_an_error_is_that_error()
    {
        using var transport = new FakeTransport(200, """{"error":{"code":429,"message":"slow"}}""");

        (await SendAsync(transport, Chat())).Failure!.Class.ShouldBe(FailureClass.RateLimited);
    }

    [Fact]
    public async Task Stream_hands_chunks_on_and_puts_them_together()
    {
        using var transport = new FakeTransport(
            200,
            ": hello\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n"
                + "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\n"
                + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\ndata: [DONE]\n\n",
            "text/event-stream"
        );

        var answer = await SendAsync(transport, Chat(streaming: true));

        answer.Failure.ShouldBeNull();
        _sink.Chunks.ShouldBe([
            """{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}""",
            """{"choices":[{"index":0, "delta":{"content":"Hi"},"finish_reason":"stop"}]}""",
            """{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1}}""",
        ]);
        Encoding.UTF8.GetString(answer.Body!).ShouldContain("\"content\":\"Hi\"");
        answer.Usage.ShouldBe(new TokenUsage(3, 1));
        transport.Bodies[0].ShouldEndWith(""","stream":true,"stream_options":{"include_usage":true}}""");
    }

    [Fact]
    public async Task Server_that_does_not_know_stream_options_is_not_sent_them()
    {
        using var transport = new FakeTransport(200, "data: [DONE]\n\n", "text/event-stream");
        var connection = TestCalls.Connection("http://h/v1", ("includeusage", "false"));

        await SendAsync(transport, TestCalls.Chat(connection, "m", streaming: true));

        transport.Bodies[0].ShouldNotContain("stream_options");
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", FailureClass.Transient, "acme sent an unterminated stream.")]
    [InlineData(
        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"cho",
        FailureClass.Transient,
        "acme sent an unterminated stream."
    )]
    [InlineData("data: [DONE]\n\n", FailureClass.Transient, "acme sent a stream without an answer.")]
    [InlineData("data: nonsense\n\ndata: [DONE]\n\n", FailureClass.Transient, "acme sent a malformed chunk: it is no JSON object.")]
    [InlineData("data: {\"error\":{\"code\":502,\"message\":\"x\"}}\n\n", FailureClass.Transient, "acme answered 502: it is in trouble.")]
    [InlineData(
        "event: error\ndata: {\"type\":\"overloaded_error\"}\n\n",
        FailureClass.Transient,
        "acme sent an error (overloaded_error): it is in trouble."
    )]
    [InlineData(
        "data: {\"error\":{\"code\":\"rate_limit_exceeded\"}}\n\n",
        FailureClass.RateLimited,
        "acme sent an error (rate_limit_exceeded): its rate limit is reached."
    )]
    [InlineData(
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"insufficient_system_resource\"}]}\n\ndata: [DONE]\n\n",
        FailureClass.Transient,
        "acme gave up with the finish reason 'insufficient_system_resource'."
    )]
    public async Task Stream_that_fails(string stream, FailureClass expected, string message)
    {
        using var transport = new FakeTransport(200, stream, "text/event-stream");

        var answer = await SendAsync(transport, Chat(streaming: true));

        answer.Failure!.Class.ShouldBe(expected);
        answer.Failure.Message.ShouldBe(message);
    }

    [Fact]
    public async Task Stream_that_ends_without_done_but_with_a_finish_reason_is_complete()
    {
        using var transport = new FakeTransport(
            200,
            "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n",
            "text/event-stream"
        );

        (await SendAsync(transport, Chat(streaming: true))).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Streaming_request_that_gets_a_plain_error_with_200_is_that_error()
    {
        using var transport = new FakeTransport(200, """{"error":{"code":"insufficient_quota"}}""");

        (await SendAsync(transport, Chat(streaming: true))).Failure!.Class.ShouldBe(FailureClass.Quota);
    }

    [Fact]
    public async Task Connection_that_failed_is_tried_once_more()
    {
        var tries = 0;
        using var transport = new FakeTransport(
            (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, $"try {++tries}")
        );

        var answer = await SendAsync(transport, Chat());

        tries.ShouldBe(2);
        answer.Failure.ShouldBe(new ProviderFailure(FailureClass.Transient, "acme cannot be reached."));
    }

    [Fact]
    public async Task Connection_that_broke_after_the_request_is_not_tried_again()
    {
        var tries = 0;
        using var transport = new FakeTransport((_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded, $"try {++tries}"));

        var answer = await SendAsync(transport, Chat());

        tries.ShouldBe(1);
        answer.Failure!.Message.ShouldBe("acme broke the connection.");
    }

    [Fact]
    public async Task Missing_key_unsupported_operation_and_broken_body_send_nothing()
    {
        using var transport = new FakeTransport(200, Good);

        (await SendAsync(transport, Chat() with { Key = "none" })).Failure!.Class.ShouldBe(FailureClass.Credential);
        (await SendAsync(transport, Chat() with { Operation = Operation.Responses })).Failure!.Class.ShouldBe(FailureClass.CallerFault);
        (await SendAsync(transport, Chat() with { Body = "nope"u8.ToArray() })).Failure!.Class.ShouldBe(FailureClass.CallerFault);

        transport.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_sink_throws_is_no_failure_of_the_provider()
    {
        using var transport = new FakeTransport(200, "data: {\"choices\":[]}\n\n", "text/event-stream");
        var caller = new OpenAiCaller(transport, TimeProvider.System);

        await Should.ThrowAsync<IOException>(() => caller.SendAsync(Chat(streaming: true), new BrokenSink(), CancellationToken.None));
    }

    private static ProviderCall Chat(bool streaming = false) =>
        TestCalls.Chat(TestCalls.Connection("https://api.acme.test/v1"), "m", streaming: streaming);

    private Task<ProviderAnswer> SendAsync(FakeTransport transport, ProviderCall call) =>
        new OpenAiCaller(transport, TimeProvider.System).SendAsync(call, _sink, CancellationToken.None);
}
