using InferenceBroker.Domain.Failures;

namespace InferenceBroker.Providers.Failures;

/// <summary>The codes and phrases by which providers name a failure. A code must be the whole code or type; a phrase is searched in the cleaned message.</summary>
internal static class FailureSigns
{
    // "exceeded your current quota" is no sign of an empty account: Google says it for every rate limit.
    private static readonly FailureSign Quota = new(
        [
            "insufficient_quota",
            "billing_hard_limit_reached",
            "billing_not_active",
            "insufficient_balance",
            "insufficient_credits",
            "payment_required",
        ],
        ["insufficient_quota", "credit balance", "spend limit", "insufficient balance", "insufficient credits", "billing hard limit"]
    );

    private static readonly FailureSign RateLimited = new(
        ["rate_limit_error", "rate_limit_exceeded", "too_many_requests", "ThrottlingException", "RESOURCE_EXHAUSTED", "tokens_exceeded"],
        ["throttlingexception", "rate limit reached", "rate limit exceeded"]
    );

    private static readonly FailureSign Transient = new(
        ["overloaded_error", "server_error", "internal_error", "internal_server_error", "service_unavailable", "UNAVAILABLE", "api_error"],
        ["overloaded"]
    );

    private static readonly FailureSign Credential = new(
        [
            "invalid_api_key",
            "authentication_error",
            "UNAUTHENTICATED",
            "account_deactivated",
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "ExpiredTokenException",
            "IncompleteSignature",
        ],
        [
            "api key not valid",
            "invalid api key",
            "incorrect api key",
            "api key expired",
            "request signature we calculated",
            "security token",
        ]
    );

    private static readonly FailureSign ModelUnavailable = new(
        [
            "model_not_found",
            "model_not_available",
            "model_decommissioned",
            "model_deprecated",
            "DeploymentNotFound",
            "unsupported_country_region_territory",
            "not_found_error",
        ],
        [
            "model not found",
            "unknown model",
            "no such model",
            "model&does not exist",
            "model&decommissioned",
            "model&no longer available",
            "location is not supported",
            "not supported in your region",
            "not available in your region",
            "not available in your country",
        ]
    );

    private static readonly FailureSign ContextTooLong = new(
        ["context_length_exceeded", "context_window_exceeded", "string_above_max_length", "exceed_context_size_error"],
        [
            "maximum context length",
            "context_length_exceeded",
            "prompt is too long",
            "input is too long",
            "exceeds the available context size",
            "exceeds the context window",
            "exceeds the maximum number of tokens",
            "input token count&exceeds",
            "reduce the length of the messages",
        ]
    );

    private static readonly FailureSign ContentFiltered = new(
        ["content_filter", "content_policy_violation", "ResponsibleAIPolicyViolation", "moderation_blocked", "content_filtered"],
        ["content management policy", "content policy", "safety system", "flagged by moderation", "input was flagged", "usage policies"]
    );

    /// <summary>A request larger than a whole minute's tokens: named like a rate limit, but waiting never helps.</summary>
    public static bool IsTooLargeForLimit(string text) => text.Contains("request too large", StringComparison.OrdinalIgnoreCase);

    public static bool Is(FailureClass failure, ErrorBody error, string text) =>
        failure switch
        {
            FailureClass.Quota => Quota.Matches(error, text),
            FailureClass.RateLimited => RateLimited.Matches(error, text),
            FailureClass.Transient => Transient.Matches(error, text),
            FailureClass.Credential => Credential.Matches(error, text),
            FailureClass.ModelUnavailable => ModelUnavailable.Matches(error, text),
            FailureClass.ContextTooLong => ContextTooLong.Matches(error, text),
            FailureClass.ContentFiltered => ContentFiltered.Matches(error, text),
            _ => false,
        };
}
