namespace InferenceBroker.Contracts.Inquiries;

/// <summary>The terms by which a policy rated an endpoint; the lowest total is the best.</summary>
public sealed record CandidateScore
{
    public double Total { get; init; }

    public double Errors { get; init; }

    public double Latency { get; init; }

    public double Utilisation { get; init; }

    public double Cost { get; init; }
}
