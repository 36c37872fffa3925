using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.OpenAI;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.OpenAI;

public sealed class RateLimitHeadersTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    // csharpier-ignore
    public static TheoryData<string, ProviderLimits?> Answers => new()
    {
        { "", null },
        { "x-request-id: r\nretry-after: 3", null },
        { "x-ratelimit-limit-requests: 60", null },
        { "x-ratelimit-remaining-requests: 59", new() { RemainingRequests = 59 } },
        { "X-RateLimit-Remaining-Tokens: 149984", new() { RemainingTokens = 149_984 } },
        { "x-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: 6m0s", new() { RemainingRequests = 0, RequestsReset = TimeSpan.FromMinutes(6) } },
        { "x-ratelimit-reset-tokens: 20ms", new() { TokensReset = TimeSpan.FromMilliseconds(20) } },
        { "x-ratelimit-reset-tokens: 1.5s", new() { TokensReset = TimeSpan.FromSeconds(1.5) } },
        { "x-ratelimit-reset-tokens: 12", new() { TokensReset = TimeSpan.FromSeconds(12) } },
        { "x-ratelimit-remaining-requests: many\nx-ratelimit-reset-requests: soon", null },
        { "x-ratelimit-remaining-requests: -3\nx-ratelimit-remaining-tokens: 99999999999", new() { RemainingTokens = int.MaxValue } },
        { "x-ratelimit-remaining-images: 5\nx-ratelimit-reset-images: 1s", null },
        { "anthropic-ratelimit-requests-limit: 50\nanthropic-ratelimit-requests-remaining: 49", new() { RemainingRequests = 49 } },
        { "anthropic-ratelimit-requests-reset: 2026-01-02T03:04:35Z", new() { RequestsReset = TimeSpan.FromSeconds(30) } },
        { "anthropic-ratelimit-requests-reset: 2026-01-02T03:04:00Z", new() { RequestsReset = TimeSpan.Zero } },
        { "anthropic-ratelimit-requests-reset: 2027-01-02T03:04:00Z", new() { RequestsReset = TimeSpan.FromDays(1) } },
        { "anthropic-ratelimit-tokens-reset: never", null },
        {
            "anthropic-ratelimit-input-tokens-remaining: 8\nanthropic-ratelimit-output-tokens-remaining: 7\n"
            + "anthropic-ratelimit-input-tokens-reset: 2026-01-02T03:04:15Z\nanthropic-ratelimit-output-tokens-reset: 2026-01-02T03:04:07Z",
            new() { RemainingInputTokens = 8, RemainingOutputTokens = 7, TokensReset = TimeSpan.FromSeconds(10) }
        },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Read_TakesWhatIsToldAndNothingElse(string headers, ProviderLimits? expected)
    {
        using var response = new HttpResponseMessage();
        foreach (var line in headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (
                line[..line.IndexOf(':', StringComparison.Ordinal)],
                line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]
            );
            response.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        RateLimitHeaders.Read(response.Headers, Now).ShouldBe(expected);
    }
}
