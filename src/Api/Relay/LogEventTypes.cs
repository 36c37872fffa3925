using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Api.Relay;

/// <summary>The types of the events in a job's log.</summary>
internal static class LogEventTypes
{
    public const string Queued = "job.queued";
    public const string AttemptStarted = "attempt.started";
    public const string AttemptEnded = "attempt.ended";
    public const string Chunk = "chunk";

    public static string OfEnd(JobState state) =>
        state switch
        {
            JobState.Completed => "job.completed",
            JobState.Failed => "job.failed",
            JobState.Cancelled => "job.cancelled",
            _ => "job.expired",
        };
}
