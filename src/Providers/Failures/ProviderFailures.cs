using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Providers.Failures;

/// <summary>Makes the failure value of a call: class, cleaned message, wait.</summary>
internal static partial class ProviderFailures
{
    public static ProviderFailure FromAnswer(
        string provider,
        int status,
        HttpResponseHeaders headers,
        ReadOnlyMemory<byte> body,
        DateTimeOffset now
    )
    {
        var error = ErrorBody.Parse(body);
        bool? shouldRetry =
            headers.NonValidated.TryGetValues("x-should-retry", out var values) && bool.TryParse(values.ToString(), out var retry)
                ? retry
                : null;
        var failure = FailureClassifier.Classify(status, error, shouldRetry);
        return Make(provider, failure, status, error, RetryAfterHeaders.Read(headers, now));
    }

    /// <summary>An error object inside an answer or a stream that began with 200.</summary>
    public static ProviderFailure FromErrorInAnswer(string provider, ReadOnlyMemory<byte> body)
    {
        var error = ErrorBody.Parse(body);
        var status = error.Status is >= 400 and < 600 ? error.Status.Value : 0;
        return Make(provider, FailureClassifier.Classify(status, error), status, error, null);
    }

    public static ProviderFailure Transient(string provider, string what) => new(FailureClass.Transient, $"{provider} {what}.");

    public static ProviderFailure FromException(string provider, Exception exception)
    {
        var what = exception switch
        {
            HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
                "refused the connection",
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "has a host name that cannot be resolved",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "cannot be reached",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "failed the TLS handshake",
            _ => "broke the connection",
        };
        return Transient(provider, what);
    }

    private static ProviderFailure Make(string provider, FailureClass failure, int status, ErrorBody error, TimeSpan? retryAfter)
    {
        var code = Identifier(error.Code) ?? Identifier(error.Type);
        var text = IsShown(failure) ? MessageCleaner.Clean(error.Message) : "";
        var message = text.Length > 0 ? text : Describe(provider, failure, status, code);
        return new ProviderFailure(
            failure,
            message,
            retryAfter ?? error.RetryDelay ?? (failure == FailureClass.RateLimited ? WaitInText(error.Message) : null),
            code,
            Identifier(error.Param)
        );
    }

    /// <summary>Only these say something about the request; the others may show the operator's account, keys or hosts.</summary>
    private static bool IsShown(FailureClass failure) =>
        failure is FailureClass.CallerFault or FailureClass.ContextTooLong or FailureClass.ContentFiltered or FailureClass.ModelUnavailable;

    private static string Describe(string provider, FailureClass failure, int status, string? code)
    {
        var meaning = failure switch
        {
            FailureClass.Quota => "its account has no credit left",
            FailureClass.RateLimited => "its rate limit is reached",
            FailureClass.Credential => "it refused the key",
            FailureClass.ModelUnavailable => "it does not serve the model",
            FailureClass.ContextTooLong => "the request is too long for the model",
            FailureClass.ContentFiltered => "its content policy refused the request",
            FailureClass.CallerFault => "it refused the request",
            FailureClass.Transient => "it is in trouble",
            _ => "an answer that is not expected; check the provider's base URL",
        };
        var answered = status > 0 ? $"answered {status}" : "sent an error";
        return code is null ? $"{provider} {answered}: {meaning}." : $"{provider} {answered} ({code}): {meaning}.";
    }

    private static TimeSpan? WaitInText(string? message) =>
        message is not null && WaitPhrase().Match(message) is { Success: true } match
            ? DurationText.Parse(match.Groups["wait"].ValueSpan.TrimEnd('.'))
            : null;

    private static string? Identifier(string? text) => text is not null && IdentifierShape().IsMatch(text) ? text : null;

    [GeneratedRegex(@"(?:try again|retry) (?:in|after) (?<wait>[0-9][0-9.hms]*)", RegexOptions.IgnoreCase)]
    private static partial Regex WaitPhrase();

    [GeneratedRegex(@"^[A-Za-z0-9_.\[\]\-/]{1,64}$")]
    private static partial Regex IdentifierShape();
}
