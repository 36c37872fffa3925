using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Providers.Calls;
using static InferenceBroker.Domain.Failures.FailureClass;

namespace InferenceBroker.Workers.Execution;

/// <summary>
/// The errors of jobs that ended without an answer, as one closed table. The provider's trouble with its own keys and accounts is no fault of
/// the caller, so it never comes out as 401, 402 or 403.
/// </summary>
internal static class JobErrors
{
    private const string InvalidRequest = "invalid_request_error";
    private const string Upstream = "upstream_error";
    private const string Server = "server_error";

    // csharpier-ignore
    private static readonly JobErrorRule[] Table =
    [
        new(None,                 Server,             "none",                    502),
        new(Quota,                Upstream,           "quota",                   503),
        new(RateLimited,          "rate_limit_error", "rate_limited",            429),
        new(Transient,            Upstream,           "transient",               502),
        new(FailureClass.Timeout, "timeout_error",    "timeout",                 504),
        new(Credential,           Upstream,           "credential",              502),
        new(ModelUnavailable,     Upstream,           "model_unavailable",       503),
        new(ContextTooLong,       InvalidRequest,     "context_length_exceeded", 400, PassesStatus: true),
        new(ContentFiltered,      InvalidRequest,     "content_filter",          400, PassesStatus: true),
        new(CallerFault,          InvalidRequest,     "invalid_request",         400, PassesStatus: true),
        new(Cancelled,            Server,             "cancelled",               499),
        new(Unknown,              Upstream,           "unknown",                 502),
        new(WorkerLost,           Server,             "worker_lost",             502),
        new(HandedBack,           Server,             "handed_back",             502),
    ];

    public static IReadOnlyList<JobErrorRule> All => Table;

    /// <param name="providerStatus">The provider's status, 0 where it did not answer.</param>
    public static JobFailure Of(ProviderFailure failure, RetryVerdict verdict, int providerStatus)
    {
        if (verdict == RetryVerdict.Expire)
        {
            return new JobFailure(
                "job_expired",
                $"The job's deadline passed before another attempt could be made. The last attempt failed: {failure.Message}",
                Server,
                Param: null
            );
        }

        if (IsUnknownModel(failure, providerStatus))
        {
            return new JobFailure("model_not_found", failure.Message, InvalidRequest, failure.Param ?? "model");
        }

        var rule = Table[(int)failure.Class];
        return new JobFailure(failure.Code ?? rule.Code, failure.Message, rule.Type, failure.Param);
    }

    /// <param name="providerStatus">The provider's status, 0 where it did not answer.</param>
    public static int StatusCodeOf(ProviderFailure failure, RetryVerdict verdict, int providerStatus)
    {
        if (verdict == RetryVerdict.Expire)
        {
            return 504;
        }

        if (IsUnknownModel(failure, providerStatus))
        {
            return 404;
        }

        var rule = Table[(int)failure.Class];
        return rule.PassesStatus && providerStatus is >= 400 and < 500 ? providerStatus : rule.StatusCode;
    }

    /// <summary>
    /// The provider itself said so, in its dialect: a wrong name is the caller's. A bare 404 (no error with a code or type) is rather a wrong base URL,
    /// and a provider that is not configured here is not his either.
    /// </summary>
    private static bool IsUnknownModel(ProviderFailure failure, int providerStatus) =>
        failure is { Class: ModelUnavailable, Code: not null } && (providerStatus == 404 || failure.Code == "model_not_found");
}
