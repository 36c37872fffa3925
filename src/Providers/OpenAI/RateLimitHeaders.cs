using System.Globalization;
using System.Net.Http.Headers;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.Failures;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>
/// Reads what an answer tells about limits: <c>x-ratelimit-remaining-requests</c> and its kin with durations (<c>6m0s</c>), and Anthropic's
/// <c>anthropic-ratelimit-requests-remaining</c> with times (RFC 3339). Where there are none, it is one pass over the names.
/// </summary>
internal static class RateLimitHeaders
{
    private const string Common = "x-ratelimit-";
    private const string Anthropic = "anthropic-ratelimit-";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Null: it tells nothing.</summary>
    public static ProviderLimits? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        ProviderLimits? limits = null;
        foreach (var (name, values) in headers.NonValidated)
        {
            if (name.StartsWith(Common, StringComparison.OrdinalIgnoreCase))
            {
                limits = WithCommon(limits, name.AsSpan(Common.Length), values.ToString());
            }
            else if (name.StartsWith(Anthropic, StringComparison.OrdinalIgnoreCase))
            {
                limits = WithAnthropic(limits, name.AsSpan(Anthropic.Length), values.ToString(), now);
            }
        }

        return limits;
    }

    private static ProviderLimits? WithCommon(ProviderLimits? limits, ReadOnlySpan<char> name, string value)
    {
        const string Remaining = "remaining-";
        const string Reset = "reset-";
        if (name.StartsWith(Remaining, StringComparison.OrdinalIgnoreCase))
        {
            return WithRemaining(limits, name[Remaining.Length..], Number(value));
        }

        return name.StartsWith(Reset, StringComparison.OrdinalIgnoreCase)
            ? WithReset(limits, name[Reset.Length..], DurationText.Parse(value))
            : limits;
    }

    private static ProviderLimits? WithAnthropic(ProviderLimits? limits, ReadOnlySpan<char> name, string value, DateTimeOffset now)
    {
        const string Remaining = "-remaining";
        const string Reset = "-reset";
        if (name.EndsWith(Remaining, StringComparison.OrdinalIgnoreCase))
        {
            return WithRemaining(limits, name[..^Remaining.Length], Number(value));
        }

        return name.EndsWith(Reset, StringComparison.OrdinalIgnoreCase)
            ? WithReset(limits, name[..^Reset.Length], Until(value, now))
            : limits;
    }

    private static ProviderLimits? WithRemaining(ProviderLimits? limits, ReadOnlySpan<char> of, int? remaining)
    {
        if (remaining is null)
        {
            return limits;
        }

        var known = limits ?? new ProviderLimits();
        if (of.Equals("requests", StringComparison.OrdinalIgnoreCase))
        {
            return known with { RemainingRequests = remaining };
        }

        if (of.Equals("tokens", StringComparison.OrdinalIgnoreCase))
        {
            return known with { RemainingTokens = remaining };
        }

        if (of.Equals("input-tokens", StringComparison.OrdinalIgnoreCase))
        {
            return known with { RemainingInputTokens = remaining };
        }

        return of.Equals("output-tokens", StringComparison.OrdinalIgnoreCase) ? known with { RemainingOutputTokens = remaining } : limits;
    }

    /// <summary>Of several token limits the longest reset counts.</summary>
    private static ProviderLimits? WithReset(ProviderLimits? limits, ReadOnlySpan<char> of, TimeSpan? reset)
    {
        if (reset is null)
        {
            return limits;
        }

        var known = limits ?? new ProviderLimits();
        if (of.Equals("requests", StringComparison.OrdinalIgnoreCase))
        {
            return known with { RequestsReset = reset };
        }

        return of.EndsWith("tokens", StringComparison.OrdinalIgnoreCase)
            ? known with
            {
                TokensReset = known.TokensReset > reset ? known.TokensReset : reset,
            }
            : limits;
    }

    private static int? Number(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? (int)Math.Min(number, int.MaxValue)
            : null;

    private static TimeSpan? Until(string value, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return null;
        }

        var wait = time - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero
            : wait > Longest ? Longest
            : wait;
    }
}
