using MassTransit;

namespace InferenceBroker.Messaging.Topology;

/// <summary>What differs between the transports: how queues are declared and addressed. Thread safe.</summary>
internal interface ITransportTopology
{
    void ConfigureSchedulerQueue(IReceiveEndpointConfigurator endpoint);

    void ConfigureProviderQueue(IReceiveEndpointConfigurator endpoint, int concurrency);

    /// <summary>A queue of this process alone.</summary>
    void ConfigureProcessQueue(IReceiveEndpointConfigurator endpoint);

    /// <summary>Where messages for a queue are sent.</summary>
    Uri Address(string queue);

    /// <summary>Where messages for another process' own queue are sent.</summary>
    Uri ProcessAddress(string queue);

    /// <summary>The queue is being received from, and exists from now on.</summary>
    void Connected(string queue);

    /// <summary>Waits for a queue to exist where a message could get lost before that without anybody noticing.</summary>
    Task WaitForQueueAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Declares the queue of a provider that no worker has connected to yet.</summary>
    Task DeclareProviderQueueAsync(string provider, CancellationToken cancellationToken);
}
