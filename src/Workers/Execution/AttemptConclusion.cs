using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Workers.Liveness;

namespace InferenceBroker.Workers.Execution;

/// <summary>The step after the call: what the saga makes of how it ended. Reads clock and chance, touches nothing else.</summary>
internal sealed class AttemptConclusion(WorkerIdentity worker, Random random, TimeProvider time)
{
    private static readonly ProviderFailure NotStored = new(FailureClass.Unknown, "The stream could not be stored.");
    private static readonly ProviderFailure ShutDown = new(FailureClass.HandedBack, "The worker shut down.");

    public AttemptEnd Conclude(Attempt attempt) =>
        attempt.Answer switch
        {
            { Failure: null } answer when attempt.Reason is not (StopReason.Superseded or StopReason.NotStored) => Succeeded(
                attempt,
                answer
            ),
            { Failure: { } failure } answer when attempt.Reason == StopReason.None => Failed(attempt, failure, answer),
            _ => Stopped(attempt),
        };

    private AttemptEnd Succeeded(Attempt attempt, ProviderAnswer answer) =>
        EndOf(attempt, AttemptOutcome.Succeeded, FailureClass.None, new JobEvent.AttemptSucceeded()) with
        {
            CostsAttempt = true,
            StatusCode = answer.StatusCode,
            ResponseBody = answer.Body ?? [],
        };

    private AttemptEnd Failed(Attempt attempt, ProviderFailure failure, ProviderAnswer answer)
    {
        var decision = Decide(attempt, failure, answer.HasOutput);
        var end = EndOf(attempt, AttemptOutcome.Failed, failure.Class, new JobEvent.AttemptFailed(decision.Verdict)) with
        {
            FailureMessage = failure.Message,
            CostsAttempt = decision.CostsAttempt,
            AddToTried = decision.AddToTried,
            NotBefore = decision.NotBefore,
            Route = decision.Route,
        };
        return decision.Verdict == RetryVerdict.Retry ? end : WithError(end, failure, decision.Verdict, answer.StatusCode);
    }

    private AttemptEnd Stopped(Attempt attempt) =>
        attempt.Reason switch
        {
            StopReason.Cancelled => EndOf(attempt, AttemptOutcome.Cancelled, FailureClass.Cancelled, new JobEvent.AttemptCancelled()),
            StopReason.HandedBack => HandedBack(attempt),
            // The store records it as superseded by its fence. Were the fence the right one after all, the job goes back to the queue.
            StopReason.Superseded => EndOf(
                attempt,
                AttemptOutcome.Superseded,
                FailureClass.Cancelled,
                new JobEvent.AttemptFailed(RetryVerdict.Retry)
            ),
            _ => Failed(attempt, NotStored, attempt.Answer ?? new ProviderAnswer { HasOutput = true }),
        };

    /// <summary>Costs the job nothing; only a job that must not be replayed fails by it, since its call had begun.</summary>
    private AttemptEnd HandedBack(Attempt attempt)
    {
        var decision = Decide(attempt, ShutDown, attempt.Chunks is { HasStored: true });
        JobEvent happened =
            decision.Verdict == RetryVerdict.Retry ? new JobEvent.AttemptHandedBack() : new JobEvent.AttemptFailed(decision.Verdict);
        var end = EndOf(attempt, AttemptOutcome.HandedBack, ShutDown.Class, happened) with { FailureMessage = ShutDown.Message };
        return decision.Verdict == RetryVerdict.Retry ? end : WithError(end, ShutDown, decision.Verdict, providerStatus: 0);
    }

    private RetryDecision Decide(Attempt attempt, ProviderFailure failure, bool hasOutput)
    {
        var started = attempt.Started;
        var failed = new FailedAttempt
        {
            Failure = failure.Class,
            SpentBefore = started.AttemptsSpent,
            Replay = started.Replay,
            HasOutput = hasOutput,
            Deadline = started.Deadline,
            RetryAfter = failure.RetryAfter,
            FailedHereBefore = started.Tried.Contains(attempt.Endpoint),
            HasOtherEndpoints = OtherEndpoints.Exist(attempt.Catalog, started, attempt.Endpoint),
            OtherRoute = OtherRoute.After(failure.Class, attempt.Catalog, started, attempt.Endpoint),
        };
        return RetryDecision.Of(failed, attempt.Catalog.Limits, time.GetUtcNow(), random.NextDouble());
    }

    private static AttemptEnd WithError(AttemptEnd end, ProviderFailure failure, RetryVerdict verdict, int providerStatus) =>
        end with
        {
            Error = JobErrors.Of(failure, verdict, providerStatus),
            StatusCode = JobErrors.StatusCodeOf(failure, verdict, providerStatus),
        };

    private AttemptEnd EndOf(Attempt attempt, AttemptOutcome outcome, FailureClass failure, JobEvent happened)
    {
        var started = attempt.Started;
        var usage = attempt.Answer?.Usage;
        return new AttemptEnd
        {
            Id = started.Id,
            Fence = started.Fence,
            Attempt = started.Attempt,
            WorkerId = worker.Id,
            Endpoint = attempt.Endpoint,
            UpstreamModel = attempt.UpstreamModel,
            Outcome = outcome,
            Failure = failure,
            StartedAt = started.StartedAt,
            EndedAt = time.GetUtcNow(),
            TimeToFirstTokenMs = (int?)attempt.Answer?.TimeToFirstToken?.TotalMilliseconds,
            StartedSequence = started.LastSequence,
            LastSequence = attempt.LastSequence,
            Usage = usage,
            CostNanoUsd = usage is { } tokens ? PriceOf(attempt).NanoUsd(tokens) : 0,
            Next = JobSaga.Decide(JobState.Running, happened).Next,
        };
    }

    private static TokenPrice PriceOf(Attempt attempt) =>
        TargetPrices.Find(attempt.Catalog, attempt.Started, attempt.Provider, attempt.Order.Model);
}
