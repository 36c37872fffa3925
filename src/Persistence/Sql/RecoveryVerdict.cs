using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Persistence.Sql;

/// <summary>Decides what becomes of a running job whose attempt is lost or overdue.</summary>
internal static class RecoveryVerdict
{
    public static AttemptEnd Decide(LostAttempt lost, DateTimeOffset now, int maxAttempts)
    {
        var failure = lost.Overdue ? FailureClass.Timeout : FailureClass.WorkerLost;
        var next = Next(lost, now, maxAttempts);
        return new AttemptEnd
        {
            Id = lost.Id,
            Fence = lost.Fence,
            Attempt = lost.Attempt,
            WorkerId = lost.WorkerId,
            Endpoint = lost.Endpoint,
            UpstreamModel = StoredEndpoint.ModelOf(lost.Endpoint),
            Outcome = AttemptOutcome.Failed,
            Failure = failure,
            FailureMessage = lost.Overdue ? "The attempt ran past its time limit." : "The worker that ran the attempt disappeared.",
            StartedAt = lost.StartedAt,
            EndedAt = now,
            StartedSequence = lost.StartedSequence,
            LastSequence = lost.LastSequence,
            Next = next,
            CostsAttempt = lost.Overdue,
            AddToTried = lost.Overdue,
            Error = Error(next, failure),
        };
    }

    private static JobState Next(LostAttempt lost, DateTimeOffset now, int maxAttempts)
    {
        if (lost.CancelRequested)
        {
            return JobState.Cancelled;
        }

        var hasOutput = lost.LastSequence > lost.StartedSequence;
        var mayReplay = lost.Replay == ReplayPolicy.Always || (lost.Replay == ReplayPolicy.IfNoOutput && !hasOutput);
        var spent = lost.Overdue && lost.AttemptsSpent + 1 >= maxAttempts;
        if (!mayReplay || spent)
        {
            return JobState.Failed;
        }

        return lost.Deadline <= now ? JobState.Expired : JobState.Queued;
    }

    private static JobFailure? Error(JobState next, FailureClass failure) =>
        next switch
        {
            JobState.Expired => SweepErrors.Expired,
            JobState.Failed when failure == FailureClass.WorkerLost => SweepErrors.WorkerLost,
            JobState.Failed => SweepErrors.Overdue,
            _ => null,
        };
}
