using InferenceBroker.Contracts.Inquiries;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>Describes logged decisions for an answer.</summary>
internal static class DecisionReport
{
    public static IReadOnlyList<PlacementDecision> Of(DecisionLog log, Guid jobId) =>
        [
            .. log.Find(jobId)
                .Select(entry => new PlacementDecision
                {
                    Fence = entry.Fence,
                    DecidedAt = new DateTimeOffset(entry.DecidedAt, TimeSpan.Zero),
                    Route = entry.Route.Route.Name,
                    Policy = entry.Route.Policy.Name,
                    ByAffinity = entry.Reason == DecisionReason.Affinity,
                    Probe = entry.Reason == DecisionReason.Probe,
                    Candidates = [.. Enumerable.Range(0, entry.Candidates).Select(i => CandidateReport.Of(log.CandidateOf(entry, i)))],
                    NotListed = entry.NotListed,
                }),
        ];
}
