namespace InferenceBroker.Workers.Pools;

/// <summary>One provider's slots and, once connected, the receiver of its queue.</summary>
internal sealed class ProviderPool
{
    public required string Provider { get; init; }

    public required Slots Slots { get; init; }

    /// <summary>The number of messages at once that the receiver is connected for.</summary>
    public required int Connected { get; init; }

    public required ExecuteJobsHandler Handler { get; init; }

    /// <summary>Null while the queue could not be connected yet.</summary>
    public IAsyncDisposable? Receiver { get; set; }
}
