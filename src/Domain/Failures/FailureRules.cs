using static InferenceBroker.Domain.Failures.FailureClass;

namespace InferenceBroker.Domain.Failures;

/// <summary>The failure taxonomy as one table.</summary>
public static class FailureRules
{
    // csharpier-ignore
    private static readonly FailureRule[] Table =
    [
        new(None,             "none",              CanRetry: false, CostsAttempt: false, MayHaveReachedModel: false),
        new(Quota,            "quota",             CanRetry: true,  CostsAttempt: true,  MayHaveReachedModel: false),
        new(RateLimited,      "rate_limited",      CanRetry: true,  CostsAttempt: false, MayHaveReachedModel: false),
        new(Transient,        "transient",         CanRetry: true,  CostsAttempt: true,  MayHaveReachedModel: true),
        new(FailureClass.Timeout, "timeout",       CanRetry: true,  CostsAttempt: true,  MayHaveReachedModel: true),
        new(Credential,       "credential",        CanRetry: true,  CostsAttempt: true,  MayHaveReachedModel: false),
        new(ModelUnavailable, "model_unavailable", CanRetry: true,  CostsAttempt: true,  MayHaveReachedModel: false),
        new(ContextTooLong,   "context_too_long",  CanRetry: false, CostsAttempt: true,  MayHaveReachedModel: false),
        new(ContentFiltered,  "content_filtered",  CanRetry: false, CostsAttempt: true,  MayHaveReachedModel: false),
        new(CallerFault,      "caller_fault",      CanRetry: false, CostsAttempt: true,  MayHaveReachedModel: false),
        new(Cancelled,        "cancelled",         CanRetry: false, CostsAttempt: false, MayHaveReachedModel: true),
        new(Unknown,          "unknown",           CanRetry: true,  CostsAttempt: true,  MayHaveReachedModel: true),
        new(WorkerLost,       "worker_lost",       CanRetry: true,  CostsAttempt: false, MayHaveReachedModel: true),
        new(HandedBack,       "handed_back",       CanRetry: true,  CostsAttempt: false, MayHaveReachedModel: true),
    ];

    public static FailureRule Of(FailureClass failure) => Table[(int)failure];

    public static IReadOnlyList<FailureRule> All => Table;
}
