namespace InferenceBroker.Contracts.Cancellation;

/// <summary>Api → every worker: stop running these jobs. A hint; workers also see the request with their heartbeat.</summary>
public sealed record CancelJobs
{
    public IReadOnlyList<Guid> JobIds { get; init; } = [];
}
