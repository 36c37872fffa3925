using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Jobs;

/// <summary>A job's state in the words of the API.</summary>
internal static class JobStatuses
{
    // csharpier-ignore
    private static readonly (string Status, JobState[] States)[] Table =
    [
        ("queued",      [JobState.Queued, JobState.Dispatched]),
        ("in_progress", [JobState.Running]),
        ("completed",   [JobState.Completed]),
        ("failed",      [JobState.Failed]),
        ("cancelled",   [JobState.Cancelled]),
        ("expired",     [JobState.Expired]),
    ];

    public static IEnumerable<string> All => Table.Select(row => row.Status);

    public static string Of(JobState state) =>
        state switch
        {
            JobState.Queued or JobState.Dispatched => "queued",
            JobState.Running => "in_progress",
            JobState.Completed => "completed",
            JobState.Failed => "failed",
            JobState.Cancelled => "cancelled",
            _ => "expired",
        };

    public static IReadOnlyList<JobState>? StatesOf(string status) =>
        Array.Find(Table, row => string.Equals(row.Status, status, StringComparison.Ordinal)).States;

    /// <summary>Why a job is not further, or null where it has ended.</summary>
    public static string? ReasonOf(StoredJob job, DateTimeOffset now) =>
        job.State switch
        {
            JobState.Queued when job.NotBefore > now => $"not before {job.NotBefore:yyyy-MM-dd'T'HH:mm:ss'Z'}",
            JobState.Queued when job.Attempt > 0 => "waiting for capacity to be tried again",
            JobState.Queued => "waiting for capacity",
            JobState.Dispatched => "waiting for a worker",
            JobState.Running when job.CancelRequestedAt is not null => "being cancelled",
            _ => null,
        };
}
