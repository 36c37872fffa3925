using InferenceBroker.Messaging;

namespace InferenceBroker.Scheduler.Dispatch;

/// <summary>Puts messages of the bus into the inbox.</summary>
internal sealed class InboxHandler<TMessage>(DispatchInbox inbox) : IMessageHandler<TMessage>
    where TMessage : class
{
    public Task HandleAsync(TMessage message, CancellationToken cancellationToken) => inbox.PostAsync(message, cancellationToken).AsTask();
}
