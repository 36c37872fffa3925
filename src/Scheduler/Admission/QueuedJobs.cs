using InferenceBroker.Contracts.Submission;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Scheduler.Admission;

internal static class QueuedJobs
{
    /// <summary>The queued job that a hint describes.</summary>
    public static QueuedJob From(SubmittedJob job) =>
        new()
        {
            Id = new JobId(job.JobId),
            TenantId = job.TenantId,
            Lane = (Lane)Math.Clamp(job.Lane, (short)Lane.Interactive, (short)Lane.Idle),
            Model = job.Model,
            Fence = job.Fence,
            EstimatedInputTokens = job.EstimatedInputTokens,
            EstimatedOutputTokens = job.EstimatedOutputTokens,
            CreatedAt = job.CreatedAt,
            NotBefore = job.NotBefore,
            Deadline = job.Deadline,
            AttemptsSpent = job.AttemptsSpent,
            Tried = job.Tried,
            Fallbacks = job.Fallbacks,
            ApiKeyId = job.ApiKeyId,
            Priority = job.Priority,
            Route = job.Route,
            Needs = job.Needs,
            Affinity = job.Affinity,
            BatchHash = job.BatchHash,
            MaxCostNanoUsd = job.MaxCostNanoUsd,
            CostNanoUsd = job.CostNanoUsd,
            Replay = (ReplayPolicy)job.Replay,
        };
}
