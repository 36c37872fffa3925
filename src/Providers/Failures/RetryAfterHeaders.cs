using System.Globalization;
using System.Net.Http.Headers;

namespace InferenceBroker.Providers.Failures;

/// <summary>How long the headers of an answer ask to be left alone.</summary>
internal static class RetryAfterHeaders
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The most exact header wins: <c>retry-after-ms</c>, <c>retry-after</c> (seconds or date), then the <c>x-ratelimit-reset-*</c> of the spent limit.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now) =>
        Milliseconds(headers) ?? SecondsOrDate(headers, now) ?? Reset(headers);

    private static TimeSpan? Milliseconds(HttpResponseHeaders headers) =>
        double.TryParse(First(headers, "retry-after-ms"), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? Limit(TimeSpan.FromMilliseconds(Math.Clamp(value, 0, Longest.TotalMilliseconds)))
            : null;

    private static TimeSpan? SecondsOrDate(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var text = First(headers, "retry-after");
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Limit(date - now)
            : null;
    }

    private static TimeSpan? Reset(HttpResponseHeaders headers)
    {
        TimeSpan? spent = null;
        TimeSpan? any = null;
        foreach (var limit in (ReadOnlySpan<string>)["requests", "tokens"])
        {
            if (DurationText.Parse(First(headers, $"x-ratelimit-reset-{limit}")) is not { } reset)
            {
                continue;
            }

            any = any is null || reset < any ? reset : any;
            if (First(headers, $"x-ratelimit-remaining-{limit}") == "0")
            {
                spent = spent is null || reset > spent ? reset : spent;
            }
        }

        return spent ?? any;
    }

    private static TimeSpan Limit(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero
        : wait > Longest ? Longest
        : wait;

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.Count > 0 ? values.First() : null;
}
