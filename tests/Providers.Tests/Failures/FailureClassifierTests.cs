using System.Text;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Providers.Failures;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.Failures;

public sealed class FailureClassifierTests
{
    [Theory]
    // quota, before rate limit
    [InlineData(402, "", FailureClass.Quota)]
    [InlineData(
        429,
        """{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}""",
        FailureClass.Quota
    )]
    [InlineData(400, """{"error":{"message":"Your credit balance is too low to access the API."}}""", FailureClass.Quota)]
    [InlineData(429, """{"error":{"message":"Monthly spend limit reached."}}""", FailureClass.Quota)]
    [InlineData(
        429,
        """{"error":{"code":429,"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED"}}""",
        FailureClass.RateLimited
    )]
    // rate limit
    [InlineData(429, "", FailureClass.RateLimited)]
    [InlineData(429, "slow down", FailureClass.RateLimited)]
    [InlineData(400, """{"error":{"type":"rate_limit_error","message":"x"}}""", FailureClass.RateLimited)]
    [InlineData(400, """{"__type":"ThrottlingException","message":"Too many requests"}""", FailureClass.RateLimited)]
    [InlineData(
        429,
        """{"error":{"message":"Request too large for gpt-4 on tokens per min (TPM): Limit 10000","code":"rate_limit_exceeded"}}""",
        FailureClass.ContextTooLong
    )]
    [InlineData(
        413,
        """{"error":{"message":"Request too large for model llama on tokens per minute","code":"rate_limit_exceeded"}}""",
        FailureClass.ContextTooLong
    )]
    // transient
    [InlineData(408, "", FailureClass.Transient)]
    [InlineData(409, "", FailureClass.Transient)]
    [InlineData(500, """{"error":{"message":"boom","type":"server_error"}}""", FailureClass.Transient)]
    [InlineData(502, "<html>bad gateway</html>", FailureClass.Transient)]
    [InlineData(503, """{"message":"credit balance service is down"}""", FailureClass.Transient)]
    [InlineData(529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", FailureClass.Transient)]
    // credential
    [InlineData(401, "", FailureClass.Credential)]
    [InlineData(403, "", FailureClass.Credential)]
    [InlineData(
        400,
        """[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]""",
        FailureClass.Credential
    )]
    [InlineData(400, """{"error":{"code":"invalid_api_key","message":"x"}}""", FailureClass.Credential)]
    [InlineData(403, """{"__type":"InvalidSignatureException","message":"x"}""", FailureClass.Credential)]
    [InlineData(400, """{"message":"The request signature we calculated does not match"}""", FailureClass.Credential)]
    // model
    [InlineData(404, "", FailureClass.ModelUnavailable)]
    [InlineData(410, "", FailureClass.ModelUnavailable)]
    [InlineData(403, """{"error":{"code":"model_not_found","message":"Project has no access"}}""", FailureClass.ModelUnavailable)]
    [InlineData(400, """{"error":{"code":"model_decommissioned","message":"x"}}""", FailureClass.ModelUnavailable)]
    [InlineData(404, """{"error":{"code":"DeploymentNotFound","message":"x"}}""", FailureClass.ModelUnavailable)]
    [InlineData(400, """{"error":{"message":"The model `abc` does not exist"}}""", FailureClass.ModelUnavailable)]
    [InlineData(403, """{"error":{"code":"unsupported_country_region_territory","message":"x"}}""", FailureClass.ModelUnavailable)]
    [InlineData(400, """{"error":{"message":"User location is not supported for the API use."}}""", FailureClass.ModelUnavailable)]
    // context
    [InlineData(400, """{"error":{"code":"context_length_exceeded","message":"x"}}""", FailureClass.ContextTooLong)]
    [InlineData(400, """{"error":{"message":"prompt is too long: 210000 tokens > 200000 maximum"}}""", FailureClass.ContextTooLong)]
    [InlineData(400, """{"object":"error","message":"This model's maximum context length is 8192 tokens."}""", FailureClass.ContextTooLong)]
    // content
    [InlineData(400, """{"error":{"code":"content_filter","message":"x","innererror":{}}}""", FailureClass.ContentFiltered)]
    [InlineData(400, """{"error":{"code":"content_policy_violation","message":"x"}}""", FailureClass.ContentFiltered)]
    [InlineData(403, """{"error":{"code":403,"message":"Your input was flagged"}}""", FailureClass.ContentFiltered)]
    // caller
    [InlineData(400, """{"error":{"message":"'temperature' must be at most 2","param":"temperature"}}""", FailureClass.CallerFault)]
    [InlineData(422, """{"detail":[{"loc":["body","messages"],"msg":"field required","type":"missing"}]}""", FailureClass.CallerFault)]
    [InlineData(413, "", FailureClass.CallerFault)]
    [InlineData(415, "", FailureClass.CallerFault)]
    // anything else
    [InlineData(405, "", FailureClass.Unknown)]
    [InlineData(308, "", FailureClass.Unknown)]
    public void Classify_answer(int status, string body, FailureClass expected) =>
        FailureClassifier.Classify(status, ErrorBody.Parse(Encoding.UTF8.GetBytes(body))).ShouldBe(expected);

    [Theory]
    [InlineData("""{"error":{"code":502,"message":"Provider disconnected"}}""", FailureClass.Transient)]
    [InlineData("""{"error":{"code":429,"message":"Slow down"}}""", FailureClass.RateLimited)]
    [InlineData("""{"error":{"type":"overloaded_error","message":"Overloaded"}}""", FailureClass.Transient)]
    [InlineData("""{"error":{"message":"context_length_exceeded"}}""", FailureClass.ContextTooLong)]
    [InlineData("""{"error":"something broke"}""", FailureClass.Transient)]
    [InlineData("""{"error":{"code":"insufficient_quota","message":"x"}}""", FailureClass.Quota)]
    public void Classify_error_inside_an_answer(string body, FailureClass expected) =>
        ProviderFailures.FromErrorInAnswer("acme", Encoding.UTF8.GetBytes(body)).Class.ShouldBe(expected);

    [Fact]
    public void Conflict_that_must_not_be_retried_is_the_callers_fault() =>
        FailureClassifier.Classify(409, new ErrorBody(), shouldRetry: false).ShouldBe(FailureClass.CallerFault);

    [Fact]
    public void A_prompt_that_is_echoed_decides_nothing()
    {
        var echo = new string('x', 90);

        FailureClassifier.Classify(400, new ErrorBody($"Invalid value: \"my credit balance {echo}\"")).ShouldBe(FailureClass.CallerFault);
    }
}
