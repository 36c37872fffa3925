using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Providers.Tests.Calls;

/// <summary>Keeps the chunks that it gets, and tells when the first one came.</summary>
internal sealed class CollectingSink : IChunkSink
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<string> Chunks { get; } = [];

    public Task First => _first.Task;

    public ValueTask OnChunkAsync(string chunk, CancellationToken cancellationToken)
    {
        Chunks.Add(chunk);
        _first.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
