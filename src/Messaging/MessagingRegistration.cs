using InferenceBroker.Messaging.Dispatch;
using InferenceBroker.Messaging.Hints;
using InferenceBroker.Messaging.Inquiries;
using InferenceBroker.Messaging.Receiving;
using InferenceBroker.Messaging.Topology;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Messaging;

/// <summary>Registers messaging.</summary>
public static class MessagingRegistration
{
    /// <summary>RabbitMQ where <see cref="MessagingOptions.RabbitMqUri"/> is set, else in memory.</summary>
    /// <exception cref="OptionsValidationException">An option is out of its range.</exception>
    public static IServiceCollection AddBrokerMessaging(this IServiceCollection services, MessagingOptions options)
    {
        Validate(options);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.TryAddSingleton<MessagingMetrics>();
        services.TryAddSingleton<MessageReceiver>();
        services.TryAddSingleton<IMessageReceiver>(provider => provider.GetRequiredService<MessageReceiver>());
        services.TryAddSingleton<IExecuteSender, ExecuteSender>();
        services.TryAddSingleton<IBusStatus, BusStatus>();
        services.TryAddSingleton<ILeaderInquiry, LeaderInquiry>();
        services.TryAddSingleton<IAnswerSender, AnswerSender>();
        services.TryAddSingleton<HintSender>();
        services.TryAddSingleton<IHintSender>(provider => provider.GetRequiredService<HintSender>());
        AddBus(services, options);
        // After the bus, so that it stops before it and can still send.
        services.AddHostedService<HintService>();
        return services;
    }

    private static void AddBus(IServiceCollection services, MessagingOptions options)
    {
        services
            .AddOptions<MassTransitHostOptions>()
            .Configure(host =>
            {
                // A broker that is away must not keep the process from starting.
                host.WaitUntilStarted = false;
                host.StopTimeout = options.StopTimeout;
                host.ConsumerStopTimeout = options.StopTimeout;
            });
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            if (options.RabbitMqUri is null)
                AddInMemory(bus);
            else
                AddRabbitMq(bus, new RabbitMqTopology(options));
        });
    }

    private static void AddInMemory(IBusRegistrationConfigurator bus)
    {
        bus.TryAddSingleton<ITransportTopology, InMemoryTopology>();
        bus.UsingInMemory((_, transport) => BusConfiguration.Configure(transport));
    }

    private static void AddRabbitMq(IBusRegistrationConfigurator bus, RabbitMqTopology topology)
    {
        bus.TryAddSingleton<ITransportTopology>(topology);
        bus.UsingRabbitMq(
            (_, transport) =>
            {
                topology.ConfigureBus(transport);
                topology.ConfigurePresence(transport);
                BusConfiguration.Configure(transport);
            }
        );
    }

    private static void Validate(MessagingOptions options)
    {
        var result = new MessagingOptionsValidator().Validate(name: null, options);
        if (result.Failed)
            throw new OptionsValidationException(nameof(MessagingOptions), typeof(MessagingOptions), result.Failures);
    }
}
