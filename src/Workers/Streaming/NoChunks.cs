using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Workers.Streaming;

/// <summary>The sink of a plain answer, which has no chunks.</summary>
internal sealed class NoChunks : IChunkSink
{
    public static NoChunks Instance { get; } = new();

    public ValueTask OnChunkAsync(string chunk, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
