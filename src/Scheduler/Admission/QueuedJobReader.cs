using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Fairness;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scheduler.Dispatch;

namespace InferenceBroker.Scheduler.Admission;

/// <summary>Makes what memory keeps of a queued job.</summary>
internal sealed class QueuedJobReader(CreditBook credits)
{
    // A cautious guess of a model's speed, until its endpoints have been measured.
    private const double SecondsPerToken = 0.02;

    public IndexedJob Read(QueuedJob queued, JobGroup group, ModelState model) =>
        new(queued.Id.Value, group, model)
        {
            Fence = queued.Fence,
            Due = DueOf(queued, model).UtcTicks,
            Deadline = queued.Deadline?.UtcTicks ?? long.MaxValue,
            InputTokens = queued.EstimatedInputTokens,
            MaxOutputTokens = queued.EstimatedOutputTokens,
            Capabilities = (Capabilities)queued.Needs & Capabilities.All,
            IsReplaySafe = queued.Replay == ReplayPolicy.Always,
            Wishes = JobWishes.Of(
                queued.Fallbacks,
                placement: null,
                AffinityOf(queued, model.Route),
                TriedOf(queued),
                queued.MaxCostNanoUsd,
                queued.CostNanoUsd
            ),
            SeenIn = group.Lane.Reading,
        };

    private static DateTimeOffset DueOf(QueuedJob queued, ModelState model)
    {
        var slack = Urgency.LaneOf(queued.Priority) == queued.Lane ? Urgency.Slack(queued.Priority) : Urgency.Slack(queued.Lane);
        var expected = queued.Deadline is null ? TimeSpan.Zero : ExpectedDuration(queued, model);
        return Urgency.Due(queued.CreatedAt, slack, queued.Deadline, expected);
    }

    private static TimeSpan ExpectedDuration(QueuedJob queued, ModelState model)
    {
        var (first, perToken, known) = (0.0, 0.0, 0);
        foreach (var candidate in model.Route.Candidates)
        {
            if (candidate.Measures.TimeToFirstToken > 0)
            {
                first += candidate.Measures.TimeToFirstToken;
                perToken += candidate.Measures.SecondsPerOutputToken;
                known++;
            }
        }

        var output = queued.EstimatedOutputTokens;
        var tokens = model.Answers.Expect(output < 0 ? null : output);
        return TimeSpan.FromSeconds(known == 0 ? tokens * SecondsPerToken : (first + (perToken * tokens)) / known);
    }

    // Kept only where the route looks at it.
    private static long AffinityOf(QueuedJob queued, RouteState route) =>
        route.Route.AffinityMargin is null ? AffinityTable.NoAffinity : queued.Affinity ?? AffinityTable.NoAffinity;

    private EndpointCredit[]? TriedOf(QueuedJob queued)
    {
        if (queued.Tried.Count == 0)
        {
            return null;
        }

        // Endpoints that are configured no more need not be avoided.
        var tried = queued.Tried.Select(credits.Find).OfType<EndpointCredit>().ToArray();
        return tried.Length == 0 ? null : tried;
    }
}
