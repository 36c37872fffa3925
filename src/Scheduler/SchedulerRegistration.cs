using InferenceBroker.Domain.Routing;
using InferenceBroker.Hosting;
using InferenceBroker.Scheduler.Leadership;
using InferenceBroker.Scheduler.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Scheduler;

public static class SchedulerRegistration
{
    /// <summary>Adds the scheduler: a background service that leads, or stands by.</summary>
    public static IServiceCollection AddBrokerScheduler(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SchedulerOptions>().BindStrictly(SchedulerOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SchedulerOptions>, SchedulerOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SchedulerOptions>, LeaseOptionsValidator>());
        services.TryAddEnumerable(RoutingPolicyLookup.BuiltIn.Select(p => new ServiceDescriptor(typeof(IRoutingPolicy), p)));
        services.TryAddSingleton<RoutingPolicyLookup>();
        services.TryAddSingleton<SchedulerMetrics>();
        services.TryAddSingleton<ILeaderSessionFactory, LeaderSessionFactory>();
        services.AddHostedService<LeaderService>();
        return services;
    }
}
