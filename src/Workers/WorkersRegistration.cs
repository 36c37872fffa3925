using InferenceBroker.Hosting;
using InferenceBroker.Workers.Execution;
using InferenceBroker.Workers.Liveness;
using InferenceBroker.Workers.Pools;
using InferenceBroker.Workers.Resilience;
using InferenceBroker.Workers.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace InferenceBroker.Workers;

/// <summary>Registers the worker role.</summary>
public static class WorkersRegistration
{
    /// <summary>
    /// Adds the pools, which call the providers, and the heartbeat. Call after persistence, messaging and providers are registered: services
    /// stop in reverse order, and the last attempts are stored and announced while the worker stops.
    /// </summary>
    public static IServiceCollection AddBrokerWorkers(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WorkersOptions, WorkersOptionsValidator>().BindStrictly(WorkersOptions.Section);
        services.AddOptions<HostOptions>().PostConfigure<IOptions<WorkersOptions>>(LeaveTimeToStop);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);

        services.TryAddSingleton<WorkerIdentity>();
        services.TryAddSingleton<WorkerMetrics>();
        services.TryAddSingleton<RunningAttempts>();
        services.TryAddSingleton<StoreRetry>();
        services.TryAddSingleton<CallPreparation>();
        services.TryAddSingleton<ProviderCalls>();
        services.TryAddSingleton<AttemptConclusion>();
        services.TryAddSingleton<AttemptPublisher>();
        services.TryAddSingleton<AttemptRunner>();
        services.TryAddSingleton<HandBack>();
        services.TryAddSingleton<GracefulStop>();
        services.TryAddSingleton<CancelJobsHandler>();

        // The order matters: the pools stop first, the heartbeat beats until their last attempt has ended.
        services.AddHostedService<WorkerHeartbeat>();
        services.AddHostedService<CancellationReceiver>();
        services.AddHostedService<ProviderPools>();
        return services;
    }

    private static void LeaveTimeToStop(HostOptions host, IOptions<WorkersOptions> workers)
    {
        var needed = TimeSpan.FromSeconds(workers.Value.ShutdownSeconds) + GracefulStop.HandBackLimit + TimeSpan.FromSeconds(20);
        if (host.ShutdownTimeout < needed)
        {
            host.ShutdownTimeout = needed;
        }
    }
}
