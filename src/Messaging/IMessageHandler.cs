namespace InferenceBroker.Messaging;

/// <summary>Acts on one message. An exception sends the message to the queue's fault queue after the transport's retries.</summary>
public interface IMessageHandler<in TMessage>
    where TMessage : class
{
    Task HandleAsync(TMessage message, CancellationToken cancellationToken);
}
