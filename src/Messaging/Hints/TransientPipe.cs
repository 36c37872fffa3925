using MassTransit;

namespace InferenceBroker.Messaging.Hints;

/// <summary>Messages that a restart of RabbitMQ may lose, and that nobody wants late.</summary>
internal sealed class TransientPipe<TMessage> : IPipe<PublishContext<TMessage>>, IPipe<SendContext<TMessage>>
    where TMessage : class
{
    public static readonly TransientPipe<TMessage> Instance = new();
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    public Task Send(PublishContext<TMessage> context) => Send((SendContext<TMessage>)context);

    public Task Send(SendContext<TMessage> context)
    {
        context.Durable = false;
        context.TimeToLive = Lifetime;
        return Task.CompletedTask;
    }

    public void Probe(ProbeContext context) => context.CreateScope("transient");
}
