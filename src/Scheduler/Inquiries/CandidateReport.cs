using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>Describes candidates for an answer.</summary>
internal static class CandidateReport
{
    public const string FailedBefore = "has failed this job";

    public static CandidateStanding Of(Candidate candidate, bool isEligible, bool hasCredit, string? reason) =>
        new()
        {
            Endpoint = candidate.Endpoint.Name,
            Eligible = isEligible,
            Credit = hasCredit,
            Reason = reason,
            InFlight = candidate.InFlight,
            Limit = LimitOf(candidate.ConcurrencyLimit),
            Weight = candidate.Target.Target.Weight,
            Share = candidate.Measures.Share,
        };

    public static CandidateStanding Of(in CandidateEntry entry) =>
        new()
        {
            Endpoint = entry.Candidate.Endpoint.Name,
            Picked = entry.IsPicked,
            Eligible = entry is { Ineligible: IneligibleReason.None, HasFailedJob: false },
            Credit = entry.HasCredit,
            Reason = EligibilityText.Of(entry.Ineligible) ?? (entry.HasFailedJob ? FailedBefore : CreditText(entry)),
            InFlight = entry.InFlight,
            Limit = LimitOf(entry.Limit),
            Weight = entry.Candidate.Target.Target.Weight,
            Share = entry.Share,
            Score = entry.IsRated ? ScoreOf(entry.Terms) : null,
        };

    public static CandidateScore ScoreOf(in ScoreTerms terms) =>
        new()
        {
            Total = terms.Score,
            Errors = terms.Errors,
            Latency = terms.Latency,
            Utilisation = terms.Utilisation,
            Cost = terms.Cost,
        };

    private static string? CreditText(in CandidateEntry entry) =>
        entry switch
        {
            { IsPicked: true } => null,
            { Availability: not Availability.Available } => $"not available ({entry.Availability})",
            { HasCredit: false } => "no credit",
            _ => null,
        };

    private static int? LimitOf(int limit) => limit == int.MaxValue ? null : limit;
}
