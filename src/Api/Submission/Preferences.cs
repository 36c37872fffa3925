using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace InferenceBroker.Api.Submission;

/// <summary>What a client prefers (RFC 7240): not to wait for the answer, or to wait up to some seconds. A preference that makes no sense is no error.</summary>
/// <param name="RespondAsync">Answer with the job at once, also on a synchronous route.</param>
/// <param name="Wait">How long to wait for the job's end before answering with the unfinished job.</param>
internal readonly record struct Preferences(bool RespondAsync, TimeSpan? Wait)
{
    public static Preferences Of(HttpRequest request, int maxWaitSeconds)
    {
        var respondAsync = string.Equals(request.Headers["x-broker-async"].ToString(), "true", StringComparison.OrdinalIgnoreCase);
        TimeSpan? wait = null;
        if (!StringValues.IsNullOrEmpty(request.Headers["Prefer"]))
        {
            foreach (var preference in request.Headers["Prefer"].ToString().Split(',', StringSplitOptions.TrimEntries))
            {
                respondAsync |= preference.Equals("respond-async", StringComparison.OrdinalIgnoreCase);
                wait ??= ReadWait(preference, maxWaitSeconds);
            }
        }

        return new Preferences(respondAsync, wait);
    }

    private static TimeSpan? ReadWait(string preference, int maxWaitSeconds) =>
        preference.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value]
        && name.Equals("wait", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, maxWaitSeconds))
            : null;
}
