using InferenceBroker.Contracts.Submission;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Submission;

/// <summary>What the scheduler is told of new jobs.</summary>
public static class SubmittedJobs
{
    public static SubmittedJob Of(NewJob job) =>
        new()
        {
            JobId = job.Id.Value,
            TenantId = job.TenantId,
            Lane = (short)job.Lane,
            Model = job.Model,
            EstimatedInputTokens = job.EstimatedInputTokens,
            EstimatedOutputTokens = job.EstimatedOutputTokens,
            CreatedAt = job.CreatedAt,
            NotBefore = job.NotBefore,
            Deadline = job.Deadline,
            Fallbacks = job.Fallbacks,
            ApiKeyId = job.ApiKeyId,
            Priority = job.Priority,
            Route = job.Route,
            Needs = job.Needs,
            Affinity = job.Affinity,
            BatchHash = job.BatchHash,
            MaxCostNanoUsd = job.MaxCostNanoUsd,
            Replay = (short)job.Replay,
        };
}
