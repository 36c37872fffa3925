using InferenceBroker.Hosting.Catalogs;
using InferenceBroker.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InferenceBroker.Hosting.Reload;

/// <summary>Follows changes of <c>broker.json</c>.</summary>
internal static class ReloadRegistration
{
    public static void AddBrokerReload(this IServiceCollection services, ConfigurationSource source, BrokerConfiguration configuration)
    {
        services.AddSingleton(source);
        services.AddSingleton(new ConfigurationInForce(configuration));
        services.AddSingleton<IRoleSection, MessagingSection>();
        services.AddSingleton<RoleSectionsCheck>();
        services.AddSingleton<ReloadMetrics>();
        services.AddSingleton<ConfigurationReload>();
        services.AddHostedService<ConfigurationWatch>();
    }
}
