using System.Collections.Concurrent;
using MassTransit;

namespace InferenceBroker.Messaging.Topology;

/// <summary>
/// The transport drops what is sent to a queue before its first receiver, and cannot say so. Sender and receiver are one process here, so
/// the sender waits for the receiver.
/// </summary>
internal sealed class InMemoryTopology : ITransportTopology
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _queues = new(StringComparer.Ordinal);

    public void ConfigureSchedulerQueue(IReceiveEndpointConfigurator endpoint) => EndpointLimits.Scheduler(endpoint);

    public void ConfigureProviderQueue(IReceiveEndpointConfigurator endpoint, int concurrency) =>
        EndpointLimits.Provider(endpoint, concurrency);

    public void ConfigureProcessQueue(IReceiveEndpointConfigurator endpoint) => EndpointLimits.Process(endpoint);

    public Uri Address(string queue) => new($"exchange:{queue}");

    public Uri ProcessAddress(string queue) => Address(queue);

    public void Connected(string queue) => Existence(queue).TrySetResult();

    public Task WaitForQueueAsync(string queue, CancellationToken cancellationToken) => Existence(queue).Task.WaitAsync(cancellationToken);

    public Task DeclareProviderQueueAsync(string provider, CancellationToken cancellationToken) => Task.CompletedTask;

    private TaskCompletionSource Existence(string queue) =>
        _queues.GetOrAdd(queue, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
