namespace InferenceBroker.Messaging.Tests.Support;

/// <summary>Holds the message it is given until it is released.</summary>
internal sealed class BlockingHandler<TMessage> : IMessageHandler<TMessage>
    where TMessage : class
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Entered => _entered.Task;

    public bool WasCancelled { get; private set; }

    public async Task HandleAsync(TMessage message, CancellationToken cancellationToken)
    {
        _entered.TrySetResult();
        try
        {
            await _released.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            WasCancelled = true;
            throw;
        }
    }

    public void Release() => _released.TrySetResult();
}
