using InferenceBroker.Contracts.Settlement;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Providers.Calls;

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
                StartedAtMs = end.StartedAt.ToUnixTimeMilliseconds(),
                InputTokens = end.Usage?.InputTokens,
                OutputTokens = end.Usage?.OutputTokens,
                TimeToFirstTokenMs = end.TimeToFirstTokenMs,
                DurationMs = (int)Math.Clamp((end.EndedAt - end.StartedAt).TotalMilliseconds, 0, int.MaxValue),
                CostNanoUsd = end.CostNanoUsd,
                RateLimits = ViewOf(attempt.Answer?.Limits),
                RetryAfterMs = (int?)attempt.Answer?.Failure?.RetryAfter?.TotalMilliseconds,
                Requeued = applied && end.Next == JobState.Queued ? RequeuedJob.HintOf(RequeuedJob.After(attempt.Started, end)) : null,
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

    private static RateLimitView? ViewOf(ProviderLimits? limits) =>
        limits is null
            ? null
            : new RateLimitView
            {
                RemainingRequests = limits.RemainingRequests,
                RemainingTokens = limits.RemainingTokens,
                RemainingInputTokens = limits.RemainingInputTokens,
                RemainingOutputTokens = limits.RemainingOutputTokens,
                RequestsResetMs = (int?)limits.RequestsReset?.TotalMilliseconds,
                TokensResetMs = (int?)limits.TokensReset?.TotalMilliseconds,
            };
}
