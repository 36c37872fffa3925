using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Providers.Tests.OpenAI;

/// <summary>Takes a chunk and holds the stream until it is released.</summary>
internal sealed class WaitingSink : IChunkSink
{
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Taken => _taken.Task;

    public void Release() => _released.TrySetResult();

    public async ValueTask OnChunkAsync(string chunk, CancellationToken cancellationToken)
    {
        _taken.TrySetResult();
        await _released.Task.WaitAsync(cancellationToken);
    }
}
