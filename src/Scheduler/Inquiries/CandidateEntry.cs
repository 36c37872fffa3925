using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Scheduler.Inquiries;

/// <summary>A candidate as a decision of the log saw it.</summary>
internal struct CandidateEntry
{
    public Candidate Candidate { get; set; }

    public IneligibleReason Ineligible { get; set; }

    public bool HasFailedJob { get; set; }

    public bool HasCredit { get; set; }

    public Availability Availability { get; set; }

    public bool IsPicked { get; set; }

    public bool IsRated { get; set; }

    public int InFlight { get; set; }

    public int Limit { get; set; }

    public double Share { get; set; }

    public ScoreTerms Terms { get; set; }
}
