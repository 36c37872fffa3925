using MassTransit;

namespace InferenceBroker.Messaging.Inquiries;

/// <summary>Questions and answers are gone after a moment: whoever asked has given up by then.</summary>
internal sealed class InquiryPipe<TMessage> : IPipe<SendContext<TMessage>>
    where TMessage : class
{
    public static readonly InquiryPipe<TMessage> Instance = new();
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    public Task Send(SendContext<TMessage> context)
    {
        context.Durable = false;
        context.TimeToLive = Lifetime;
        return Task.CompletedTask;
    }

    public void Probe(ProbeContext context) => context.CreateScope("inquiry");
}
