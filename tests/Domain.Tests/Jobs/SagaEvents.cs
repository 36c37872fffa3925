using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Domain.Tests.Jobs;

/// <summary>The saga's whole alphabet.</summary>
internal static class SagaEvents
{
    public static IReadOnlyList<JobEvent> All { get; } =
    [
        new JobEvent.JobDispatched(),
        new JobEvent.DispatchOverdue(),
        new JobEvent.DispatchRecalled(),
        new JobEvent.AttemptStarted(),
        new JobEvent.AttemptSucceeded(),
        .. Enum.GetValues<RetryVerdict>().Select(v => new JobEvent.AttemptFailed(v)),
        new JobEvent.AttemptHandedBack(),
        new JobEvent.AttemptCancelled(),
        .. Enum.GetValues<RetryVerdict>().Select(v => new JobEvent.WorkerLost(v)),
        .. Enum.GetValues<RetryVerdict>().Select(v => new JobEvent.AttemptOverdue(v)),
        new JobEvent.CancelRequested(),
        new JobEvent.DeadlinePassed(),
        new JobEvent.CostExceeded(),
    ];

    /// <summary>Written in the chart as <c>AttemptFailed (Retry)</c>.</summary>
    public static string NameOf(JobEvent happened) =>
        happened switch
        {
            JobEvent.AttemptFailed e => $"AttemptFailed ({e.Verdict})",
            JobEvent.WorkerLost e => $"WorkerLost ({e.Verdict})",
            JobEvent.AttemptOverdue e => $"AttemptOverdue ({e.Verdict})",
            _ => happened.GetType().Name,
        };

    /// <summary>True for events of one attempt: they carry its fence.</summary>
    public static bool IsOfAttempt(JobEvent happened) =>
        happened is not (JobEvent.JobDispatched or JobEvent.CancelRequested or JobEvent.DeadlinePassed or JobEvent.CostExceeded);
}
