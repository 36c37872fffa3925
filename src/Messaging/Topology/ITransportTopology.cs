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

    /// <summary>Declares the queue of a provider that no worker has connected to yet.</summary>
    Task DeclareProviderQueueAsync(string provider, CancellationToken cancellationToken);
}
