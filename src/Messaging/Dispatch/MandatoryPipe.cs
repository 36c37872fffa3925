using InferenceBroker.Contracts.Dispatch;
using MassTransit;

namespace InferenceBroker.Messaging.Dispatch;

/// <summary>Asks RabbitMQ to return a message that no queue takes: it would confirm it otherwise and drop it.</summary>
internal sealed class MandatoryPipe : IPipe<SendContext<ExecuteJobs>>
{
    public static readonly MandatoryPipe Instance = new();

    // Older than this the attempt was swept long ago and its fence is no longer valid.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public Task Send(SendContext<ExecuteJobs> context)
    {
        context.TimeToLive = Lifetime;
        if (context.TryGetPayload(out RabbitMqSendContext? rabbit))
            rabbit.Mandatory = true;
        return Task.CompletedTask;
    }

    public void Probe(ProbeContext context) => context.CreateScope("mandatory");
}
