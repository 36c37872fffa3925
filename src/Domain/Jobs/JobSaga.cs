using static InferenceBroker.Domain.Jobs.JobCommand;
using static InferenceBroker.Domain.Jobs.JobEvent;
using static InferenceBroker.Domain.Jobs.JobState;

namespace InferenceBroker.Domain.Jobs;

/// <summary>
/// The legal moves of a job: (state, event) → (state, commands). Nothing else changes a job's state. Every pair is decided: moved, ignored
/// (late and repeated messages are expected) or refused.
/// </summary>
public static class JobSaga
{
    // csharpier-ignore
    public static Transition Decide(JobState state, JobEvent happened) => (state, happened) switch
    {
        (Queued, JobDispatched)                                      => Move(Dispatched, ExecuteJob),
        (Queued, CancelRequested)                                    => Move(Cancelled, Notify),
        (Queued, DeadlinePassed)                                     => Move(Expired, Notify),
        (Queued, CostExceeded)                                       => Move(Failed, Notify),

        (Dispatched, DispatchOverdue)                                => Move(Dispatched, ExecuteJob),
        (Dispatched, DispatchRecalled)                               => Move(Queued, Settle, Requeue),
        (Dispatched, AttemptStarted)                                 => Move(Running),
        (Dispatched, AttemptHandedBack)                              => Move(Queued, Settle, Requeue),
        (Dispatched, CancelRequested)                                => Move(Cancelled, Settle, Notify),
        (Dispatched, DeadlinePassed)                                 => Move(Expired, Settle, Notify),

        (Running, AttemptSucceeded)                                  => Move(Completed, Settle, Notify),
        (Running, AttemptFailed { Verdict: RetryVerdict.Retry })     => Move(Queued, Settle, Requeue),
        (Running, AttemptFailed { Verdict: RetryVerdict.Fail })      => Move(Failed, Settle, Notify),
        (Running, AttemptFailed)                                     => Move(Expired, Settle, Notify),
        (Running, AttemptHandedBack)                                 => Move(Queued, Settle, Requeue),
        (Running, AttemptCancelled)                                  => Move(Cancelled, Settle, Notify),
        (Running, WorkerLost { Verdict: RetryVerdict.Retry })        => Move(Queued, Settle, Requeue),
        (Running, WorkerLost { Verdict: RetryVerdict.Fail })         => Move(Failed, Settle, Notify),
        (Running, WorkerLost)                                        => Move(Expired, Settle, Notify),
        (Running, AttemptOverdue { Verdict: RetryVerdict.Retry })    => Move(Queued, Settle, Requeue),
        (Running, AttemptOverdue { Verdict: RetryVerdict.Fail })     => Move(Failed, Settle, Notify),
        (Running, AttemptOverdue)                                    => Move(Expired, Settle, Notify),
        (Running, CancelRequested)                                   => Move(Running, StopAttempt),

        // A running job may finish after its deadline.
        (Running, DeadlinePassed)                                    => Ignore(state),

        // Repeated or late messages of an attempt that has started, been recalled or been replaced.
        (Running, AttemptStarted or DispatchOverdue or DispatchRecalled) => Ignore(state),
        (Queued, AttemptStarted or DispatchOverdue or DispatchRecalled) => Ignore(state),

        // Only a leader whose term is over can do these; its writes are fenced off.
        (Dispatched or Running, JobDispatched or CostExceeded)       => Refuse(state),

        // An attempt that has not started has no outcome.
        (Dispatched, AttemptSucceeded or AttemptFailed or AttemptCancelled or WorkerLost or AttemptOverdue) => Refuse(state),

        // The outcome of an attempt that lost its place, or the repeated outcome of the last one.
        (_, AttemptSucceeded or AttemptFailed or AttemptCancelled or AttemptHandedBack or WorkerLost or AttemptOverdue) => Ignore(state, RecordSuperseded),

        // A terminal state is final.
        (_, JobDispatched or CostExceeded)                           => Refuse(state),
        (_, DispatchOverdue or DispatchRecalled or AttemptStarted or CancelRequested or DeadlinePassed) => Ignore(state),

        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of the saga."),
    };

    private static Transition Move(JobState next, params JobCommand[] commands) => new(TransitionKind.Moved, next, commands);

    private static Transition Ignore(JobState state, params JobCommand[] commands) => new(TransitionKind.Ignored, state, commands);

    private static Transition Refuse(JobState state) => new(TransitionKind.Refused, state, []);
}
