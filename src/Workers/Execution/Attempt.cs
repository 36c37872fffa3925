using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Workers.Streaming;

namespace InferenceBroker.Workers.Execution;

/// <summary>
/// One attempt on its way through the steps of <see cref="AttemptRunner"/>; every step reads what the ones before it left here. One catalog
/// holds for the whole attempt. <see cref="Stop"/> may be called from any thread, also after the end.
/// </summary>
internal sealed class Attempt(string provider, ExecuteJob order, Catalog catalog) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private bool _disposed;

    public string Provider { get; } = provider;

    public ExecuteJob Order { get; } = order;

    public Catalog Catalog { get; } = catalog;

    public JobId JobId { get; } = new(order.JobId);

    public string Endpoint { get; } = new EndpointId(provider, order.Key, order.Model).ToString();

    /// <summary>When the sweep takes the attempt for lost; nothing is tried after it.</summary>
    public DateTimeOffset Deadline { get; set; }

    /// <summary>Left by the start.</summary>
    public StartedJob Started { get; set; } = null!;

    public long StartedTimestamp { get; set; }

    /// <summary>Left by the preparation: the model name that the provider is asked for.</summary>
    public string UpstreamModel { get; set; } = "";

    /// <summary>Left by the preparation, unless it failed.</summary>
    public PreparedCall? Call { get; set; }

    /// <summary>Where the chunks of a stream go; null for a plain answer.</summary>
    public ChunkWriter? Chunks { get; set; }

    /// <summary>Left by the call, or by a preparation that failed; null where the call was stopped.</summary>
    public ProviderAnswer? Answer { get; set; }

    /// <summary>Left by the conclusion; null before it.</summary>
    public AttemptEnd? End { get; set; }

    /// <summary>Ends the call.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>The first reason that was given.</summary>
    public StopReason Reason { get; private set; }

    public int LastSequence => Chunks?.LastSequence ?? Started.LastSequence;

    /// <summary>Ends the call; the first reason counts.</summary>
    public void Stop(StopReason reason)
    {
        lock (_lock)
        {
            if (_disposed || Reason != StopReason.None)
            {
                return;
            }

            Reason = reason;
            // Not Cancel(): it would run the provider client's clean-up on the caller's thread and under the lock.
            _ = _stop.CancelAsync();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _stop.Dispose();
    }
}
