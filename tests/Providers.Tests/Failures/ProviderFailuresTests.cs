using System.Net;
using System.Text;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.Failures;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.Failures;

public sealed class ProviderFailuresTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("retry-after", "7", 7_000)]
    [InlineData("retry-after", "0.5", 500)]
    [InlineData("retry-after", "Thu, 01 Jan 2026 12:00:30 GMT", 30_000)]
    [InlineData("retry-after", "Thu, 01 Jan 2026 11:00:00 GMT", 0)]
    [InlineData("retry-after", "-5", 0)]
    [InlineData("retry-after-ms", "250", 250)]
    [InlineData("x-ratelimit-reset-requests", "6m0s", 360_000)]
    [InlineData("x-ratelimit-reset-tokens", "20ms", 20)]
    public void Retry_after_is_read_from_a_header(string name, string value, int milliseconds) =>
        Fail(429, "", (name, value)).RetryAfter.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public void Most_exact_header_wins() =>
        Fail(429, "", ("retry-after", "2"), ("retry-after-ms", "1500"), ("x-ratelimit-reset-requests", "9s"))
            .RetryAfter.ShouldBe(TimeSpan.FromMilliseconds(1500));

    [Fact]
    public void Reset_of_the_spent_limit_wins() =>
        Fail(
            429,
            "",
            ("x-ratelimit-reset-requests", "1s"),
            ("x-ratelimit-remaining-requests", "10"),
            ("x-ratelimit-reset-tokens", "40s"),
            ("x-ratelimit-remaining-tokens", "0")
        )
            .RetryAfter.ShouldBe(TimeSpan.FromSeconds(40));

    [Theory]
    [InlineData("""{"error":{"message":"Rate limit reached. Please try again in 6.5s. Visit our page."}}""", 6_500)]
    [InlineData("""{"error":{"message":"Rate limit reached. Please try again in 20ms."}}""", 20)]
    [InlineData("""{"error":{"code":429,"message":"x","details":[{"@type":"a"},{"retryDelay":"17s"}]}}""", 17_000)]
    public void Retry_after_is_read_from_the_body(string body, int milliseconds) =>
        Fail(429, body).RetryAfter.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public void Callers_fault_shows_the_providers_message_code_and_param()
    {
        var failure = Fail(
            400,
            """{"error":{"message":"temperature must be at most 2","type":"invalid_request_error","param":"temperature","code":"too_big"}}"""
        );

        failure.ShouldBe(new ProviderFailure(FailureClass.CallerFault, "temperature must be at most 2", null, "too_big", "temperature"));
    }

    [Theory]
    [InlineData(
        401,
        """{"error":{"message":"Key sk-abc of org Acme Corp is wrong","code":"invalid_api_key"}}""",
        "acme answered 401 (invalid_api_key): it refused the key."
    )]
    [InlineData(
        503,
        """{"error":{"message":"host gpu-17 is down","type":"server_error"}}""",
        "acme answered 503 (server_error): it is in trouble."
    )]
    [InlineData(429, """{"error":{"message":"org-123 is limited"}}""", "acme answered 429: its rate limit is reached.")]
    [InlineData(404, "", "acme answered 404: it does not serve the model.")]
    public void Other_failures_do_not_show_the_providers_message(int status, string body, string expected) =>
        Fail(status, body).Message.ShouldBe(expected);

    [Fact]
    public void A_code_that_is_no_identifier_is_dropped() =>
        Fail(400, """{"error":{"message":"x","code":"a secret; sentence"}}""").Code.ShouldBeNull();

    private static ProviderFailure Fail(int status, string body, params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return ProviderFailures.FromAnswer("acme", status, response.Headers, Encoding.UTF8.GetBytes(body), Now);
    }
}
