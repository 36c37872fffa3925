using Microsoft.Extensions.DependencyInjection.Extensions;

namespace InferenceBroker.Api.Admin;

/// <summary>Adds the administration.</summary>
internal static class AdminRegistration
{
    public static void AddAdmin(this IServiceCollection services)
    {
        services.TryAddSingleton<StoredLimits>();
        services.TryAddSingleton<OperatorControls>();
        services.TryAddSingleton<ProviderOverview>();
        services.TryAddSingleton<IEndpointStates, LeaderEndpointStates>();
    }

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        routes.MapTenants();
        routes.MapKeys();
        routes.MapControls();
        routes.MapProviders();
    }
}
