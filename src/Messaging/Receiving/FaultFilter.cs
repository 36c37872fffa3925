using MassTransit;
using Microsoft.Extensions.Logging;

namespace InferenceBroker.Messaging.Receiving;

/// <summary>Counts and logs a message whose handler failed for good, before it is moved or discarded.</summary>
internal sealed partial class FaultFilter(string queue, MessagingMetrics metrics, ILogger logger) : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        metrics.MessageFailed(queue);
        LogFailed(context.Exception, queue);
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("fault-count");

    [LoggerMessage(LogLevel.Warning, "A message of queue {Queue} could not be handled; a sweep repairs what it asked for")]
    private partial void LogFailed(Exception exception, string queue);
}
