namespace InferenceBroker.Workers.Liveness;

/// <summary>This process among the workers: a new one with every start.</summary>
internal sealed class WorkerIdentity(TimeProvider time)
{
    public Guid Id { get; } = Guid.CreateVersion7(time.GetUtcNow());

    public string Name { get; } = $"{Environment.MachineName}/{Environment.ProcessId}";
}
