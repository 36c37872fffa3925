using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Failures;

/// <summary>What a failed attempt means for its job.</summary>
/// <param name="CostsAttempt">The attempt counts against the job's limit.</param>
/// <param name="AddToTried">The next attempt prefers other endpoints.</param>
/// <param name="NotBefore">For a retry: when the job may be dispatched again. Null: at once.</param>
public readonly record struct RetryDecision(RetryVerdict Verdict, bool CostsAttempt, bool AddToTried, DateTimeOffset? NotBefore)
{
    /// <summary>For a retry: the route that takes the job over. Null: it stays with its own.</summary>
    public string? Route { get; init; }

    // A provider may ask for hours; the job must still notice a new endpoint or budget. The endpoint's gate keeps the longer time.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Decides in this order: (1) a failure that no other attempt can cure fails the job, unless another route takes it over, and so does a model that is nowhere; (2) so does one that may have reached the model
    /// where the job must not be replayed; (3) so does the last attempt; (4) past its deadline a job expires; (5) all else is retried.
    /// </summary>
    /// <param name="random">A number from 0 to 1 for the jitter of the backoff.</param>
    public static RetryDecision Of(in FailedAttempt attempt, JobLimits limits, DateTimeOffset now, double random)
    {
        var rule = FailureRules.Of(attempt.Failure);
        var isTakenOver = attempt.OtherRoute is not null;
        var costs = rule.CostsAttempt && !(isTakenOver && attempt.Failure == FailureClass.ContextTooLong);
        if (!(rule.CanRetry || isTakenOver) || IsNowhere(attempt) || !MayReplay(rule, attempt) || (costs && AreSpent(attempt, limits)))
        {
            return new RetryDecision(RetryVerdict.Fail, rule.CostsAttempt, AddToTried: false, NotBefore: null);
        }

        if (attempt.Deadline <= now)
        {
            return new RetryDecision(RetryVerdict.Expire, costs, AddToTried: false, NotBefore: null);
        }

        var notBefore = isTakenOver ? null : NotBeforeOf(attempt, now, random);
        return new RetryDecision(RetryVerdict.Retry, costs, BlamesEndpoint(attempt.Failure), notBefore) { Route = attempt.OtherRoute };
    }

    // The same endpoint does not get the model by being asked again, and the caller should hear of a wrong name at once.
    private static bool IsNowhere(in FailedAttempt attempt) =>
        attempt is { Failure: FailureClass.ModelUnavailable, HasOtherEndpoints: false, OtherRoute: null };

    private static bool MayReplay(FailureRule rule, in FailedAttempt attempt) =>
        !rule.MayHaveReachedModel
        || attempt.Replay switch
        {
            ReplayPolicy.Always => true,
            ReplayPolicy.IfNoOutput => !attempt.HasOutput,
            _ => false,
        };

    private static bool AreSpent(in FailedAttempt attempt, JobLimits limits) => attempt.SpentBefore + 1 >= limits.MaxAttempts;

    // A full endpoint is none that failed: its gate closes, and afterwards it may have the job. A lost worker says nothing about the endpoint.
    private static bool BlamesEndpoint(FailureClass failure) =>
        failure is not (FailureClass.RateLimited or FailureClass.WorkerLost or FailureClass.HandedBack);

    private static DateTimeOffset? NotBeforeOf(in FailedAttempt attempt, DateTimeOffset now, double random)
    {
        if (attempt.Failure is FailureClass.WorkerLost or FailureClass.HandedBack)
        {
            return null;
        }

        if (attempt.HasOtherEndpoints && !attempt.FailedHereBefore)
        {
            return null;
        }

        var pause = Backoff.Pause(attempt.SpentBefore, random);
        if (attempt.RetryAfter is { } asked && asked > pause)
        {
            pause = asked < LongestPause ? asked : LongestPause;
        }

        return now + pause;
    }
}
