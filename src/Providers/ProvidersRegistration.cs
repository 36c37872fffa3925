using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.OpenAI;
using InferenceBroker.Providers.Simulated;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace InferenceBroker.Providers;

/// <summary>Registers the clients of all dialects.</summary>
public static class ProvidersRegistration
{
    /// <summary>Adds every <see cref="IProviderClient"/>, to be looked up by <see cref="IProviderClient.Kind"/>.</summary>
    public static IServiceCollection AddBrokerProviders(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SimulatedProviders>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderClient, OpenAiClient>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProviderClient, SimulatedClient>());
        return services;
    }
}
