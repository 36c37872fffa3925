namespace InferenceBroker.Contracts.Dispatch;

/// <summary>Scheduler → a provider's queue: start these attempts. One job where the queue is short, up to 16 where it is deep.</summary>
public sealed record ExecuteJobs
{
    public string Provider { get; init; } = "";

    public IReadOnlyList<ExecuteJob> Jobs { get; init; } = [];
}
