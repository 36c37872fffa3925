using InferenceBroker.Hosting.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InferenceBroker.Hosting.Start;

/// <summary>Says in the log how the process was set up: one line once it listens, and one for each warning about the configuration.</summary>
internal sealed partial class StartReport(BrokerSetup setup, IServer server, ILogger<StartReport> logger) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in setup.Warnings)
        {
            LogWarning(warning);
        }

        LogStarted(
            setup.Role,
            string.Join(", ", server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []),
            setup.UsesPostgres ? "PostgreSQL" : "SQLite",
            setup.UsesRabbitMq ? "RabbitMQ" : "in memory",
            string.Join(", ", setup.Providers),
            Describe(setup)
        );
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal static string Describe(BrokerSetup setup) =>
        setup.ProviderSource switch
        {
            ProviderSource.File => setup.ConfigurationFile ?? "Broker__… variables",
            ProviderSource.Environment => "API keys in the environment",
            _ => "simulated, since no API key was found",
        };

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The role {Role} listens on {Addresses}; database {Database}, transport {Transport}, providers {Providers} ({Source})"
    )]
    private partial void LogStarted(string role, string addresses, string database, string transport, string providers, string source);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Configuration: {Warning}")]
    private partial void LogWarning(ConfigurationFault warning);
}
