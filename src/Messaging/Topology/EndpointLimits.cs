using MassTransit;

namespace InferenceBroker.Messaging.Topology;

/// <summary>Concurrency and prefetch of each kind of queue, the same on both transports.</summary>
internal static class EndpointLimits
{
    // The leader's index takes hints quickly and one message carries up to 200 of them: a few at once hide the acknowledgement's way.
    private const int SchedulerConcurrency = 4;
    private const int SchedulerPrefetch = 32;
    private const int ProcessPrefetch = 64;
    private const int ExecuteRetries = 2;

    public static void Scheduler(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = SchedulerPrefetch;
        endpoint.ConcurrentMessageLimit = SchedulerConcurrency;
    }

    /// <summary>Prefetch equals concurrency: a message that waits here could be handled by another worker.</summary>
    public static void Provider(IReceiveEndpointConfigurator endpoint, int concurrency)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = concurrency;
        endpoint.ConcurrentMessageLimit = concurrency;
        endpoint.UseMessageRetry(retry => retry.Immediate(ExecuteRetries));
    }

    /// <summary>One at a time, so that a job's frames arrive in their order.</summary>
    public static void Process(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.PrefetchCount = ProcessPrefetch;
        endpoint.ConcurrentMessageLimit = 1;
    }
}
