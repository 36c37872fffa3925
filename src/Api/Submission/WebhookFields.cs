using InferenceBroker.Api.Errors;

namespace InferenceBroker.Api.Submission;

/// <summary>The first check of a job's webhook fields; who may be called is decided where the call is made.</summary>
internal static class WebhookFields
{
    public static IReadOnlySet<string> Events { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "job.completed", "job.failed", "job.cancelled", "job.expired" };

    public static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0
        && url.Host.Length > 0;

    public static ApiError WrongEvents() => ApiError.Invalid("webhook_events", $"expected some of {string.Join(", ", Events)}.");
}
