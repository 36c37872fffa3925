using System.Diagnostics;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Workers.Execution;

namespace InferenceBroker.Workers.Telemetry;

/// <summary>One span for each attempt, made only where somebody listens.</summary>
internal static class WorkerActivities
{
    public const string SourceName = "InferenceBroker.Workers";

    private static readonly ActivitySource Source = new(SourceName);

    public static Activity? StartAttempt(Attempt attempt)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var activity = Source.StartActivity("attempt", ActivityKind.Client);
        activity?.SetTag("broker.job.id", attempt.JobId.ToString());
        activity?.SetTag("broker.attempt.number", attempt.Started.Attempt);
        activity?.SetTag("broker.endpoint", attempt.Endpoint);
        activity?.SetTag("gen_ai.request.model", attempt.Started.Model);
        return activity;
    }

    public static void EndAttempt(Activity? activity, Attempt attempt)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag("broker.attempt.outcome", WorkerMetrics.OutcomeOf(attempt.End));
        activity.SetTag("gen_ai.usage.input_tokens", attempt.End?.Usage?.InputTokens);
        activity.SetTag("gen_ai.usage.output_tokens", attempt.End?.Usage?.OutputTokens);
        if (attempt.End is not { Outcome: AttemptOutcome.Succeeded })
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }
}
