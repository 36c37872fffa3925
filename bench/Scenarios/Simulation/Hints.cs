using InferenceBroker.Contracts.Submission;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scheduler.Admission;

namespace InferenceBroker.Scenarios.Simulation;

/// <summary>A job as the scheduler is told of it.</summary>
internal static class Hints
{
    // A rule chose no lane by priority: the middle priority of each lane.
    private static readonly short[] Priorities = [9, 5, 2, 0];

    public static QueuedJob Queued(SimulatedJob job) => QueuedJobs.From(Submitted(job, notBefore: null));

    public static SubmittedJob Submitted(SimulatedJob job, DateTimeOffset? notBefore) =>
        new()
        {
            JobId = job.Id,
            TenantId = job.Tenant,
            Lane = (short)job.Lane,
            Priority = Priorities[(int)job.Lane],
            Model = job.Model,
            Route = job.Route,
            Fence = job.Fence,
            EstimatedInputTokens = job.InputTokens,
            EstimatedOutputTokens = job.MaxTokens ?? -1,
            CreatedAt = job.CreatedAt,
            NotBefore = notBefore,
            Deadline = job.Deadline,
            AttemptsSpent = job.AttemptsSpent,
            Tried = job.Tried.Count == 0 ? [] : [.. job.Tried],
            Replay = (short)ReplayPolicy.Always,
        };
}
