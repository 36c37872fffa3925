using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;

namespace InferenceBroker.Api.Explain;

/// <summary>
/// Finds the decision that each attempt followed from. Stored attempts do not have their fence, so from the last one back each takes the last
/// decision that is left for its endpoint and was made before it started. Decisions without an attempt were never carried out.
/// </summary>
internal static class AttemptDecisions
{
    // The clocks of two processes differ by less.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(1);

    /// <summary>One for each attempt, in their order; null where the leader does not remember it.</summary>
    public static PlacementDecision?[] Of(JobDetails details, IReadOnlyList<PlacementDecision> decisions)
    {
        var found = new PlacementDecision?[details.Attempts.Count];
        var last = decisions.Count - 1;
        for (var i = found.Length - 1; i >= 0; i--)
        {
            var attempt = details.Attempts[i];
            var match = last;
            while (match >= 0 && !Led(decisions[match], attempt, details.Job))
            {
                match--;
            }

            if (match >= 0)
            {
                found[i] = decisions[match];
                last = match - 1;
            }
        }

        return found;
    }

    /// <summary>The decision by which the job is on its way to a worker.</summary>
    public static PlacementDecision? Pending(StoredJob job, IReadOnlyList<PlacementDecision> decisions) =>
        job.State == JobState.Dispatched ? decisions.LastOrDefault(d => d.Fence == job.Fence) : null;

    private static bool Led(PlacementDecision decision, StoredAttempt attempt, StoredJob job)
    {
        if (job.State == JobState.Dispatched && decision.Fence == job.Fence)
        {
            return false;
        }

        return decision.DecidedAt <= attempt.StartedAt + ClockDifference
            && decision.Candidates.Any(c => c.Picked && c.Endpoint == attempt.Endpoint);
    }
}
