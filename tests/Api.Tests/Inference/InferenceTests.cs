using System.Net;
using System.Text;
using InferenceBroker.Api.Auth;
using InferenceBroker.Api.Inference;
using InferenceBroker.Api.Tests.Fakes;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Inference;

public sealed class InferenceTests
{
    private const string Chat = """{"model":"model-a","messages":[{"role":"user","content":"Hi"}]}""";
    private const string StreamedChat = """{"model":"model-a","messages":[{"role":"user","content":"Hi"}],"stream":true}""";
    private const string Hello = """{"choices":[{"delta":{"content":"Hel"}}]}""";
    private const string Lo = """{"choices":[{"delta":{"content":"lo"}}],"usage":null}""";
    private const string Usage = """{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}""";

    private static readonly JobFailure RateLimited = new("rate_limited", "Too many requests.", "rate_limit_error", null);

    [Fact]
    public async Task Plain_IsTheProvidersAnswerToTheByte()
    {
        await using var api = await ApiHost.StartAsync();

        var call = api.PostAsync("/v1/chat/completions", Chat);
        var id = await api.Worker.NextAsync();
        await api.Worker.StartAsync(id);
        await api.Worker.CompleteAsync(id, "{ \"id\" : \"x\" }");
        using var response = await call;

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldBe("{ \"id\" : \"x\" }");
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        response.Headers.GetValues("x-broker-job-id").Single().ShouldBe(id.ToString());
        api.Store[id].Submitted.Lane.ShouldBe(Lane.Interactive);
    }

    [Fact]
    public async Task Plain_LostRelayMessage_IsMadeUpForByAskingTheDatabase()
    {
        await using var api = await ApiHost.StartAsync();
        api.Bus.LosesMessages = true;

        var call = api.PostAsync("/v1/embeddings", """{"model":"model-a","input":"x"}""");
        var id = await api.Worker.NextAsync();
        await api.Worker.StartAsync(id);
        await api.Worker.CompleteAsync(id);
        using var response = await api.AdvanceUntilAsync(call);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Plain_DatabaseAwayForAWhile_IsWaitedOut()
    {
        await using var api = await ApiHost.StartAsync();
        var call = api.PostAsync("/v1/chat/completions", Chat);
        var id = await api.Worker.NextAsync();
        await api.Worker.StartAsync(id);
        api.Store.Fault = new TimeoutException();
        await api.Worker.CompleteAsync(id);
        for (var i = 0; i < 20; i++)
        {
            api.World.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        call.IsCompleted.ShouldBeFalse();
        api.Store.Fault = null;
        using var response = await api.AdvanceUntilAsync(call);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Plain_FailedJob_HasItsStatusAndIsNotToBeRetried()
    {
        await using var api = await ApiHost.StartAsync();

        var call = api.PostAsync("/v1/chat/completions", Chat);
        var id = await api.Worker.NextAsync();
        await api.Worker.StartAsync(id);
        await api.Worker.FailAsync(id, FailureClass.RateLimited, RateLimited, 429);
        using var response = await call;

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.GetValues("x-should-retry").Single().ShouldBe("false");
        (await response.Content.ReadAsStringAsync()).ShouldBe(
            """{"error":{"message":"Too many requests.","type":"rate_limit_error","param":null,"code":"rate_limited"}}"""
        );
    }

    [Theory]
    [InlineData("Prefer", "respond-async")]
    [InlineData("x-broker-async", "true")]
    public async Task RespondAsync_AnswersWithTheJob(string header, string value)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.PostAsync("/v1/chat/completions", Chat, (header, value));

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await ApiHost.JsonAsync(response)).GetProperty("object").GetString().ShouldBe("job");
        api.Store.All.Single().Submitted.Lane.ShouldBe(Lane.Standard);
    }

    [Fact]
    public async Task PreferWait_IsOver_HandsOutTheJobAndLeavesItAlone()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.AdvanceUntilAsync(api.PostAsync("/v1/chat/completions", Chat, ("Prefer", "wait=3")));

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        response.Headers.GetValues("Preference-Applied").Single().ShouldBe("wait=3");
        api.Store.All.Single().Stored.State.ShouldBe(JobState.Queued);
    }

    [Theory]
    [InlineData(StreamedChat, false)]
    [InlineData("""{"model":"model-a","messages":[{}],"stream":true,"stream_options":{"include_usage":true} }""", true)]
    public async Task Stream_IsTheChunksAndDone_UsageOnlyWhereAskedFor(string sent, bool usage)
    {
        await using var api = await ApiHost.StartAsync();

        var call = api.PostAsync("/v1/chat/completions", sent);
        var id = await api.Worker.NextAsync();
        await api.Worker.StartAsync(id);
        await api.Worker.AppendAsync(id, Hello);
        await api.Worker.AppendAsync(id, Lo, Usage);
        await api.Worker.CompleteAsync(id);
        using var response = await call;

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await response.Content.ReadAsStringAsync()).ShouldBe(
            $"data: {Hello}\n\ndata: {Lo}\n\n{(usage ? $"data: {Usage}\n\n" : "")}data: [DONE]\n\n"
        );
    }

    [Fact]
    public async Task Stream_FailureBeforeTheFirstChunk_HasAProperStatus()
    {
        await using var api = await ApiHost.StartAsync();

        var call = api.PostAsync("/v1/chat/completions", StreamedChat);
        var id = await api.Worker.NextAsync();
        await api.Worker.StartAsync(id);
        await api.Worker.FailAsync(id, FailureClass.RateLimited, RateLimited, 429);
        using var response = await call;

        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Stream_AttemptThatFailedBeforeItsFirstChunk_IsInvisible()
    {
        await using var api = await ApiHost.StartAsync();

        var call = api.PostAsync("/v1/chat/completions", StreamedChat);
        var id = await api.Worker.NextAsync();
        await api.Worker.StartAsync(id);
        await api.Worker.RequeueAsync(id, FailureClass.Transient);
        await api.Worker.StartAsync(id);
        await api.Worker.AppendAsync(id, Hello);
        await api.Worker.CompleteAsync(id);
        using var response = await call;

        (await response.Content.ReadAsStringAsync()).ShouldBe($"data: {Hello}\n\ndata: [DONE]\n\n");
    }

    [Fact]
    public async Task Stream_AttemptThatFailsAfterItsFirstChunk_EndsWithAnErrorAndCancelsTheJob()
    {
        await using var api = await ApiHost.StartAsync();

        var call = api.PostAsync("/v1/chat/completions", StreamedChat);
        var id = await api.Worker.NextAsync();
        await api.Worker.StartAsync(id);
        await api.Worker.AppendAsync(id, Hello);
        using var response = await call;
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var text = new StreamReader(stream);
        (await text.ReadLineAsync()).ShouldBe($"data: {Hello}");
        await api.Worker.RequeueAsync(id, FailureClass.Transient);

        (await text.ReadToEndAsync()).ShouldBe(
            "\ndata: "
                + """{"error":{"message":"The provider broke off.","type":"upstream_error","param":null,"code":"transient"}}"""
                + "\n\n"
        );
        api.Bus.Ended.ShouldBe([id.Value]);
    }

    [Fact]
    public async Task Stream_Silence_IsFilledWithComments()
    {
        await using var api = await ApiHost.StartAsync();
        var call = api.PostAsync("/v1/chat/completions", StreamedChat);
        var id = await api.Worker.NextAsync();
        await api.Worker.StartAsync(id);
        await api.Worker.AppendAsync(id, Hello);
        using var response = await call;
        using var text = new StreamReader(await response.Content.ReadAsStreamAsync());
        await text.ReadLineAsync();
        await text.ReadLineAsync();

        (await api.AdvanceUntilAsync(text.ReadLineAsync())).ShouldBe(": ping");
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(StreamedChat)]
    public async Task Disconnect_CancelsTheJob(string sent)
    {
        await using var api = await ApiHost.StartAsync();
        using var client = new CancellationTokenSource();
        using var content = new StringContent(sent);
        var call = api.Http.PostAsync("/v1/chat/completions", content, client.Token);
        var id = await api.Worker.NextAsync();
        await api.Worker.StartAsync(id);

        await client.CancelAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        (await api.Bus.CancelRequests.ReadAsync(limit.Token)).ShouldBe(id.Value);
        await Should.ThrowAsync<OperationCanceledException>(call);
    }

    [Fact]
    public async Task Disconnect_DuringTheInsert_CancelsTheJobOnceItIsStored()
    {
        await using var api = await ApiHost.StartAsync();
        var insert = api.Store.SlowInsert = new SlowInsert();
        using var client = new CancellationTokenSource();
        var context = new DefaultHttpContext { RequestServices = api.Services, RequestAborted = client.Token };
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(Chat));
        var call = api
            .Services.GetRequiredService<InferenceCall>()
            .AnswerAsync(context, new Caller(TenantId: 1, ApiKeyId: 1, IsAdmin: false), Operation.ChatCompletions);
        await insert.Begun;

        await client.CancelAsync();
        await insert.ReleaseAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        api.Store.All.Single().Stored.State.ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public async Task IdempotencyKey_SecondCall_GetsTheFirstOnesAnswer()
    {
        await using var api = await ApiHost.StartAsync();
        var first = api.PostAsync("/v1/chat/completions", Chat, ("Idempotency-Key", "k"));
        var id = await api.Worker.NextAsync();
        var second = api.PostAsync("/v1/chat/completions", Chat, ("Idempotency-Key", "k"));
        await api.Worker.StartAsync(id);
        await api.Worker.CompleteAsync(id);

        foreach (var call in new[] { first, second })
        {
            using var response = await call;
            (await response.Content.ReadAsStringAsync()).ShouldBe(FakeWorker.Answer);
        }

        api.Store.All.Count.ShouldBe(1);
    }
}
