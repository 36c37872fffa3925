using InferenceBroker.Domain.Failures;

namespace InferenceBroker.Providers.Failures;

/// <summary>
/// The one place that decides what a provider's error is. The order matters:
/// 1. an empty account before a rate limit, since both come as 429;
/// 2. statuses that speak for themselves (429, 408, 409, 5xx, 401) before texts;
/// 3. what a 403 or 400 names (model, region, length, policy) before its bare number.
/// </summary>
internal static class FailureClassifier
{
    /// <param name="status">The HTTP status, or that of an error inside a stream; 0 where there is none.</param>
    /// <param name="shouldRetry">The header <c>x-should-retry</c>, where sent.</param>
    public static FailureClass Classify(int status, ErrorBody error, bool? shouldRetry = null)
    {
        var text = MessageCleaner.Clean(error.Message);
        bool Is(FailureClass failure) => FailureSigns.Is(failure, error, text);

        if (status == 402 || (status < 500 && Is(FailureClass.Quota)))
        {
            return FailureClass.Quota;
        }

        if (status is 429 or 413 && FailureSigns.IsTooLargeForLimit(text))
        {
            return FailureClass.ContextTooLong;
        }

        if (status == 429 || (status < 500 && Is(FailureClass.RateLimited)))
        {
            return FailureClass.RateLimited;
        }

        if (status is 408 or >= 500 || (status == 409 && shouldRetry != false) || (status < 400 && Is(FailureClass.Transient)))
        {
            return FailureClass.Transient;
        }

        if (status == 401 || Is(FailureClass.Credential))
        {
            return FailureClass.Credential;
        }

        if (status is 404 or 410 or 451 || Is(FailureClass.ModelUnavailable))
        {
            return FailureClass.ModelUnavailable;
        }

        return Is(FailureClass.ContextTooLong) ? FailureClass.ContextTooLong
            : Is(FailureClass.ContentFiltered) ? FailureClass.ContentFiltered
            : ByStatus(status);
    }

    private static FailureClass ByStatus(int status) =>
        status switch
        {
            403 => FailureClass.Credential,
            400 or 409 or 413 or 415 or 422 => FailureClass.CallerFault,
            // An error without a number, sent inside a stream that had begun well: the provider's own trouble.
            < 300 => FailureClass.Transient,
            _ => FailureClass.Unknown,
        };
}
