namespace InferenceBroker.Messaging.Tests.Support;

/// <summary>Fails every time and counts how often.</summary>
internal sealed class FailingHandler<TMessage> : IMessageHandler<TMessage>
    where TMessage : class
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public Task HandleAsync(TMessage message, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        throw new InvalidOperationException("This handler always fails.");
    }
}
