namespace InferenceBroker.Providers.Calls;

/// <summary>Takes the chunks of a streamed answer in order. Not called for a plain one.</summary>
public interface IChunkSink
{
    /// <summary>One chunk as a JSON text without line breaks, in the dialect of the request. The provider's next read waits for the task.</summary>
    ValueTask OnChunkAsync(string chunk, CancellationToken cancellationToken);
}
