using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Providers.Tests.OpenAI;

/// <summary>The caller gives up while the first chunk is handed on: no read is under way that the cancellation could break.</summary>
internal sealed class CancellingSink(CancellationTokenSource caller) : IChunkSink
{
    public async ValueTask OnChunkAsync(string chunk, CancellationToken cancellationToken)
    {
        await caller.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
