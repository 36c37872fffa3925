using InferenceBroker.Contracts.Submission;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Workers.Execution;

/// <summary>A job that went back to the queue, as the scheduler is told of it: all that its row says.</summary>
internal static class RequeuedJob
{
    public static SubmittedJob HintOf(QueuedJob job) =>
        new()
        {
            JobId = job.Id.Value,
            TenantId = job.TenantId,
            Lane = (short)job.Lane,
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
            Replay = (short)job.Replay,
        };

    /// <summary>The row after this end of its attempt, without reading it again.</summary>
    public static QueuedJob After(StartedJob started, AttemptEnd end) =>
        new()
        {
            Id = started.Id,
            TenantId = started.TenantId,
            Lane = started.Lane,
            Model = started.Model,
            Fence = started.Fence + 1,
            EstimatedInputTokens = started.EstimatedInputTokens,
            EstimatedOutputTokens = started.EstimatedOutputTokens,
            CreatedAt = started.CreatedAt,
            NotBefore = end.NotBefore,
            Deadline = started.Deadline,
            AttemptsSpent = started.AttemptsSpent + (end.CostsAttempt ? 1 : 0),
            Tried = end.AddToTried && !started.Tried.Contains(end.Endpoint) ? [.. started.Tried, end.Endpoint] : started.Tried,
            Fallbacks = started.Fallbacks,
            ApiKeyId = started.ApiKeyId,
            Priority = started.Priority,
            Route = end.Route ?? started.Route,
            Needs = started.Needs,
            Affinity = started.Affinity,
            BatchHash = started.BatchHash,
            MaxCostNanoUsd = started.MaxCostNanoUsd,
            CostNanoUsd = started.CostNanoUsd + end.CostNanoUsd,
            Replay = started.Replay,
        };
}
