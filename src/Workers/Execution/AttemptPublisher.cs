using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Contracts.Submission;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Workers.Execution;

/// <summary>The last step: tells the scheduler and the readers what is stored.</summary>
internal sealed class AttemptPublisher(IHintSender hints)
{
    public void Publish(Attempt attempt, AttemptEnd end, FinishOutcome outcome)
    {
        var applied = outcome == FinishOutcome.Applied;
        hints.AttemptEnded(
            new AttemptEnded
            {
                JobId = attempt.Order.JobId,
                Fence = end.Fence,
                Endpoint = end.Endpoint,
                Failure = (short)end.Failure,
                InputTokens = end.Usage?.InputTokens,
                OutputTokens = end.Usage?.OutputTokens,
                TimeToFirstTokenMs = end.TimeToFirstTokenMs,
                DurationMs = (int)Math.Clamp((end.EndedAt - end.StartedAt).TotalMilliseconds, 0, int.MaxValue),
                CostNanoUsd = end.CostNanoUsd,
                RetryAfterMs = (int?)attempt.Answer?.Failure?.RetryAfter?.TotalMilliseconds,
                Requeued = applied && end.Next == JobState.Queued ? RequeuedOf(attempt, end) : null,
            }
        );

        if (applied && end.Next.IsTerminal())
        {
            hints.JobEnded(attempt.Order.JobId);
        }
        else
        {
            // Also where it was superseded: perhaps by our own first try to store it, whose answer was lost.
            hints.JobChanged(attempt.Order.JobId);
        }
    }

    private static SubmittedJob RequeuedOf(Attempt attempt, AttemptEnd end)
    {
        var started = attempt.Started;
        return new SubmittedJob
        {
            JobId = attempt.Order.JobId,
            TenantId = started.TenantId,
            Lane = (short)started.Lane,
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
            Route = started.Route,
            Needs = started.Needs,
            Affinity = started.Affinity,
            BatchHash = started.BatchHash,
            MaxCostNanoUsd = started.MaxCostNanoUsd,
            CostNanoUsd = started.CostNanoUsd + end.CostNanoUsd,
            Replay = (short)started.Replay,
        };
    }
}
