using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace InferenceBroker.Api.Tests.Errors;

public sealed class ErrorTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Chat = """{"model":"model-a","messages":[{}]}""";

    // csharpier-ignore
    [Theory]
    [InlineData(
        "/v1/jobs",
        "{",
        400,
        """{"error":{"message":"The request body is not valid JSON: line 1, byte 2.","type":"invalid_request_error","param":null,"code":"invalid_json"}}"""
    )]
    [InlineData(
        "/v1/jobs",
        "[]",
        400,
        """{"error":{"message":"Invalid 'body': expected a JSON object.","type":"invalid_request_error","param":"body","code":"invalid_value"}}"""
    )]
    [InlineData(
        "/v1/jobs",
        "{}",
        400,
        """{"error":{"message":"Missing required parameter: 'body'.","type":"invalid_request_error","param":"body","code":"missing_required_parameter"}}"""
    )]
    [InlineData(
        "/v1/jobs",
        """{"body":{"messages":[{}]}}""",
        400,
        """{"error":{"message":"Missing required parameter: 'body.model'.","type":"invalid_request_error","param":"body.model","code":"missing_required_parameter"}}"""
    )]
    [InlineData(
        "/v1/jobs",
        """{"body":{"model":"model-a"}}""",
        400,
        """{"error":{"message":"Missing required parameter: 'body.messages'.","type":"invalid_request_error","param":"body.messages","code":"missing_required_parameter"}}"""
    )]
    [InlineData(
        "/v1/jobs",
        """{"body":{"model":"model-a","messages":[]}}""",
        400,
        """{"error":{"message":"Invalid 'body.messages': it is empty.","type":"invalid_request_error","param":"body.messages","code":"invalid_value"}}"""
    )]
    [InlineData(
        "/v1/jobs",
        """{"colour":"red"}""",
        400,
        """{"error":{"message":"Unknown parameter: 'colour'.","type":"invalid_request_error","param":"colour","code":"unknown_parameter"}}"""
    )]
    [InlineData(
        "/v1/jobs",
        """{"body":{"model":"nope","messages":[{}]}}""",
        404,
        """{"error":{"message":"The model 'nope' does not exist. Known models: model-a, model-b, sim-*.","type":"invalid_request_error","param":"body.model","code":"model_not_found"}}"""
    )]
    [InlineData(
        "/v1/chat/completions",
        """{"model":"nope","messages":[{}]}""",
        404,
        """{"error":{"message":"The model 'nope' does not exist. Known models: model-a, model-b, sim-*.","type":"invalid_request_error","param":"model","code":"model_not_found"}}"""
    )]
    [InlineData(
        "/v1/chat/completions",
        """{"model":7,"messages":[{}]}""",
        400,
        """{"error":{"message":"Invalid 'model': expected a string.","type":"invalid_request_error","param":"model","code":"invalid_value"}}"""
    )]
    [InlineData(
        "/v1/embeddings",
        """{"model":"model-a"}""",
        400,
        """{"error":{"message":"Missing required parameter: 'input'.","type":"invalid_request_error","param":"input","code":"missing_required_parameter"}}"""
    )]
    [InlineData(
        "/v1/completions",
        """{"model":"model-a","prompt":{}}""",
        400,
        """{"error":{"message":"Invalid 'prompt': expected a string or an array.","type":"invalid_request_error","param":"prompt","code":"invalid_value"}}"""
    )]
    [InlineData(
        "/v1/nothing",
        "{}",
        404,
        """{"error":{"message":"Unknown request URL: POST /v1/nothing.","type":"invalid_request_error","param":null,"code":"unknown_url"}}"""
    )]
    [InlineData(
        "/v1/models",
        "{}",
        405,
        """{"error":{"message":"POST is not allowed for /v1/models.","type":"invalid_request_error","param":null,"code":"method_not_allowed"}}"""
    )]
    public async Task WrongRequest_IsAnsweredInOpenAIsShape(string path, string sent, int status, string answer)
    {
        var api = shared.Api;

        using var response = await api.PostAsync(path, sent);

        (await response.Content.ReadAsStringAsync()).ShouldBe(answer);
        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        response.Headers.GetValues("x-request-id").Single().ShouldStartWith("req_");
        api.Store.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/favicon.ico")]
    [InlineData("/health/nothing")]
    public async Task UnknownPath_OutsideTheApi_IsAnsweredInTheSameShape(string path)
    {
        using var response = await shared.Api.SendAsync(HttpMethod.Get, path);

        ((int)response.StatusCode).ShouldBe(404);
        (await ApiHost.JsonAsync(response)).GetProperty("error").GetProperty("code").GetString().ShouldBe("unknown_url");
    }

    [Fact]
    public async Task Root_WithoutAKey_SaysWhatRunsHereAndWhereToGoOn()
    {
        using var http = new HttpClient { BaseAddress = new Uri(shared.Api.Url) };

        using var response = await http.GetAsync("/");

        response.EnsureSuccessStatusCode();
        var answer = await ApiHost.JsonAsync(response);
        answer.GetProperty("name").GetString().ShouldBe("Inference Broker");
        answer.GetProperty("version").GetString().ShouldNotBeNull().ShouldMatch(@"^\d+\.\d+\.\d+");
        answer.GetProperty("models").GetString().ShouldBe("/v1/models");
        answer.GetProperty("health").GetString().ShouldBe("/health/ready");
    }

    [Theory]
    [InlineData("\"priority\":10", "priority")]
    [InlineData("\"priority\":\"5\"", "priority")]
    [InlineData("\"deadline\":\"yesterday\"", "deadline")]
    [InlineData("\"deadline\":\"2026-01-02T03:04:05Z\"", "deadline")]
    [InlineData("\"expires_in\":0", "expires_in")]
    [InlineData("\"expires_in\":5,\"deadline\":\"2027-01-01T00:00:00Z\"", "expires_in")]
    [InlineData("\"expires_in\":5,\"not_before\":\"2027-01-01T00:00:00Z\"", "not_before")]
    [InlineData("\"max_cost\":0", "max_cost")]
    [InlineData("\"max_cost\":1e400", "max_cost")]
    [InlineData("\"replay\":\"sometimes\"", "replay")]
    [InlineData("\"url\":\"/v1/messages\"", "url")]
    [InlineData("\"fallbacks\":[1]", "fallbacks")]
    [InlineData("\"fallbacks\":[\"nope\"]", "fallbacks")]
    [InlineData("\"metadata\":{\"a\":1}", "metadata")]
    [InlineData("\"metadata\":{\"a\":\"\\u0000\"}", "metadata")]
    [InlineData("\"metadata\":{\"a\":\"x\",\"a\":\"y\"}", "metadata")]
    [InlineData("\"cache\":\"maybe\"", "cache")]
    [InlineData("\"webhook_url\":\"file:///etc/passwd\"", "webhook_url")]
    [InlineData("\"webhook_events\":[\"job.started\"]", "webhook_events")]
    public async Task WrongField_IsNamed(string field, string param)
    {
        var api = shared.Api;

        using var response = await api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}},{{field}}}""");

        ((int)response.StatusCode).ShouldBeOneOf(400, 404);
        (await ApiHost.JsonAsync(response)).GetProperty("error").GetProperty("param").GetString().ShouldBe(param);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LargeBody_Is413_AlsoWithoutALength(bool chunked)
    {
        await using var api = await ApiHost.StartAsync(null, ("Broker:Api:MaxBodyBytes", "4096"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(new string(' ', 9000)));
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await api.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync()).ShouldBe(
            """{"error":{"message":"The request body is larger than 4096 bytes.","type":"invalid_request_error","param":null,"code":"request_too_large"}}"""
        );
    }

    [Fact]
    public async Task DatabaseAway_Is503WithRetryAfter()
    {
        await using var api = await ApiHost.StartAsync();
        api.Store.Fault = new SqliteException("secret detail", 14);

        using var response = await api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}}}""");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("secret");
    }

    [Fact]
    public async Task Bug_Is500WithoutDetails()
    {
        await using var api = await ApiHost.StartAsync();
        api.Store.Fault = new InvalidOperationException("secret detail");

        using var response = await api.PostAsync("/v1/jobs", $$"""{"body":{{Chat}}}""");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var error = (await ApiHost.JsonAsync(response)).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("internal_error");
        error.GetRawText().ShouldNotContain("secret");
    }

    [Fact]
    public async Task RequestId_OfTheClient_IsNotTakenOver()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.SendAsync(HttpMethod.Get, "/v1/models", null, ("x-request-id", "req_mine"));

        response.Headers.GetValues("x-request-id").Single().ShouldNotBe("req_mine");
    }
}
