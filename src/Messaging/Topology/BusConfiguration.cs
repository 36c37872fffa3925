using InferenceBroker.Contracts.Cancellation;
using InferenceBroker.Contracts.Relay;
using MassTransit;

namespace InferenceBroker.Messaging.Topology;

/// <summary>What a bus has on either transport.</summary>
internal static class BusConfiguration
{
    public static void Configure(IBusFactoryConfigurator bus)
    {
        bus.Message<JobsChanged>(message => message.SetEntityName(QueueNames.Relay));
        bus.Message<CancelJobs>(message => message.SetEntityName(QueueNames.Cancel));
    }
}
