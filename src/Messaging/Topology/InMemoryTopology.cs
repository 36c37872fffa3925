using MassTransit;

namespace InferenceBroker.Messaging.Topology;

internal sealed class InMemoryTopology : ITransportTopology
{
    public void ConfigureSchedulerQueue(IReceiveEndpointConfigurator endpoint) => EndpointLimits.Scheduler(endpoint);

    public void ConfigureProviderQueue(IReceiveEndpointConfigurator endpoint, int concurrency) =>
        EndpointLimits.Provider(endpoint, concurrency);

    public void ConfigureProcessQueue(IReceiveEndpointConfigurator endpoint) => EndpointLimits.Process(endpoint);

    // A queue address declares its queue, so that nothing sent before the receiver connects is lost.
    public Uri Address(string queue) => new($"queue:{queue}");

    public Task DeclareProviderQueueAsync(string provider, CancellationToken cancellationToken) => Task.CompletedTask;
}
