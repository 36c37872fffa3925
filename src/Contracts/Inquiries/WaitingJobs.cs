namespace InferenceBroker.Contracts.Inquiries;

/// <summary>Why jobs wait. Jobs that the leader does not hold are left out.</summary>
public sealed record WaitingJobs
{
    public IReadOnlyList<WaitingJob> Jobs { get; init; } = [];
}
