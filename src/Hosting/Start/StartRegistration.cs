using InferenceBroker.Hosting.Clocks;
using InferenceBroker.Persistence.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InferenceBroker.Hosting.Start;

/// <summary>What happens before the roles start. Call before anything else registers hosted services.</summary>
internal static class StartRegistration
{
    /// <param name="hasDatabaseServer">The database runs on a server whose clock all processes follow.</param>
    public static void AddBrokerStart(this IServiceCollection services, bool hasDatabaseServer)
    {
        services.AddHostedService<DatabaseStart>();
        if (hasDatabaseServer)
        {
            var clock = new DatabaseAlignedTimeProvider(TimeProvider.System);
            services.AddSingleton<TimeProvider>(clock);
            services.AddHostedService(provider => new ClockAlignmentService(
                clock,
                provider.GetRequiredService<IDatabaseTime>(),
                provider.GetRequiredService<ILogger<ClockAlignmentService>>()
            ));
        }
        else
        {
            services.AddSingleton(TimeProvider.System);
        }

        services.AddHostedService<StartReport>();
    }
}
