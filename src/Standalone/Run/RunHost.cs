using InferenceBroker.Domain.Routing;
using InferenceBroker.Hosting;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Tenants;
using InferenceBroker.Scheduler;
using InferenceBroker.Standalone.DataFolder;
using InferenceBroker.Standalone.Hosts;
using InferenceBroker.Workers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Logging.Console;

namespace InferenceBroker.Standalone.Run;

/// <summary>The broker of a run: scheduler and workers in this process, no port.</summary>
internal static class RunHost
{
    public static WebApplication Build(RunOptions options)
    {
        var builder = WebApplication.CreateBuilder(HostArguments.Of(options.DataFolder, options.ConfigFile));
        builder.AddBrokerHosting(BrokerRoles.Standalone);
        // Nobody unparks a key during a run: whoever started it wants to hear that the key is wrong.
        builder.Services.PostConfigure<SchedulerOptions>(scheduler => scheduler.ParkKeys = false);
        builder.Services.AddHostedService<PastProcessesEnd>();
        builder.Services.AddBrokerScheduler().AddBrokerWorkers();
        builder.Services.AddSingleton<IServer, SilentServer>();
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();

        // The terminal belongs to the progress: only what stops the run from going on is said beside it.
        builder.Logging.AddFilter<ConsoleLoggerProvider>(level => level >= LogLevel.Error);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var host = builder.Build();
        DatabaseFiles.KeepToOwner(host.Services.GetRequiredService<BrokerSetup>());
        return host;
    }

    public static RunBroker BrokerOf(IServiceProvider services) =>
        new(
            services.GetRequiredService<IJobStore>(),
            services.GetRequiredService<ITenantStore>(),
            services.GetRequiredService<IHintSender>(),
            services.GetRequiredService<IMessageReceiver>(),
            services.GetRequiredService<ICatalogSource>(),
            services.GetRequiredService<TimeProvider>()
        );
}
