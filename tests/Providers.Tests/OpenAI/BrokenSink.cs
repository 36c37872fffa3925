using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Providers.Tests.OpenAI;

internal sealed class BrokenSink : IChunkSink
{
    public ValueTask OnChunkAsync(string chunk, CancellationToken cancellationToken) => throw new IOException("The sink's own trouble.");
}
