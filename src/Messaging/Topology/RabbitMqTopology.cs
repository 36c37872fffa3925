using MassTransit;

namespace InferenceBroker.Messaging.Topology;

/// <summary>
/// Durable quorum queues for what providers are to do, a classic one for hints (the sweeps find what a hint that got lost would have told, so
/// nobody waits for a disk), short-lived classic queues for what is one process' own. The arguments of an existing queue
/// cannot be changed: whoever changes one here changes the queue's name too.
/// </summary>
internal sealed class RabbitMqTopology(MessagingOptions options) : ITransportTopology
{
    private const string DeliveryLimit = "x-delivery-limit";
    private const string MaxLength = "x-max-length";
    private const string MessageTimeToLive = "x-message-ttl";

    // Deliveries also count when a worker stops or dies with the message in hand, which is nobody's fault.
    private const int Deliveries = 10;
    private const int HintsKept = 50_000;
    private const int DeadLettersKept = 100_000;

    // A leader rebuilds its view from the database: older hints tell it nothing.
    private static readonly TimeSpan HintLifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ProcessQueueLifetime = TimeSpan.FromMinutes(1);

    public void ConfigureSchedulerQueue(IReceiveEndpointConfigurator endpoint)
    {
        EndpointLimits.Scheduler(endpoint);
        var rabbit = (IRabbitMqReceiveEndpointConfigurator)endpoint;
        rabbit.SetQueueArgument(MaxLength, HintsKept);
        rabbit.SetQueueArgument(MessageTimeToLive, HintLifetime);
    }

    public void ConfigureProviderQueue(IReceiveEndpointConfigurator endpoint, int concurrency)
    {
        EndpointLimits.Provider(endpoint, concurrency);
        var rabbit = (IRabbitMqReceiveEndpointConfigurator)endpoint;
        rabbit.SetQuorumQueue();
        rabbit.SetQueueArgument(DeliveryLimit, Deliveries);
        rabbit.BindDeadLetterQueue(
            QueueNames.DeadLetters,
            QueueNames.DeadLetters,
            queue =>
            {
                queue.SetQuorumQueue();
                queue.SetQueueArgument(MaxLength, DeadLettersKept);
            }
        );
    }

    // Durable, because RabbitMQ 4.3 refuses transient queues that are not exclusive, and MassTransit's exclusive ones lock out their own
    // successor after a lost connection.
    public void ConfigureProcessQueue(IReceiveEndpointConfigurator endpoint)
    {
        EndpointLimits.Process(endpoint);
        var rabbit = (IRabbitMqReceiveEndpointConfigurator)endpoint;
        rabbit.Durable = true;
        rabbit.AutoDelete = true;
        rabbit.QueueExpiration = ProcessQueueLifetime;
    }

    // Not queue:, which would declare the queue as a classic one and fail on ours.
    public Uri Address(string queue) => new($"exchange:{queue}");

    // The sender declares the exchange too, and what it says has to agree with the receiver's.
    public Uri ProcessAddress(string queue) => new($"exchange:{queue}?autodelete=true");

    public void Connected(string queue) { }

    // Not needed: RabbitMQ returns a message that no queue takes.
    public Task WaitForQueueAsync(string queue, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A second bus that only declares: the same configuration as the receiver's, and nothing is taken from the queue.</summary>
    public async Task DeclareProviderQueueAsync(string provider, CancellationToken cancellationToken)
    {
        var declaring = Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            ConfigureBus(bus);
            bus.DeployTopologyOnly = true;
            bus.ReceiveEndpoint(QueueNames.Execute(provider), endpoint => ConfigureProviderQueue(endpoint, concurrency: 1));
        });
        await declaring.DeployAsync(cancellationToken);
    }

    /// <summary>
    /// An empty queue of this process: the transport watches its connection only where it receives, and a process that only sends would
    /// call itself connected for ever.
    /// </summary>
    public void ConfigurePresence(IRabbitMqBusFactoryConfigurator bus) =>
        bus.ReceiveEndpoint(
            QueueNames.OfThisProcess(QueueNames.Presence),
            endpoint =>
            {
                ConfigureProcessQueue(endpoint);
                endpoint.ConfigureConsumeTopology = false;
                endpoint.DiscardSkippedMessages();
            }
        );

    public void ConfigureBus(IRabbitMqBusFactoryConfigurator bus)
    {
        bus.Host(new Uri(options.RabbitMqUri!), host => host.PublisherConfirmation = true);
        bus.Durable = true;
        bus.AutoDelete = true;
        bus.QueueExpiration = ProcessQueueLifetime;
        bus.SendTopology.ConfigureErrorSettings = KeepFailedMessages;
        bus.SendTopology.ConfigureDeadLetterSettings = KeepFailedMessages;
    }

    // Fault queues inherit their queue's arguments: what is left to be read by an operator must not expire.
    private static void KeepFailedMessages(IRabbitMqQueueBindingConfigurator queue) => queue.SetQueueArgument(MessageTimeToLive, null!);
}
