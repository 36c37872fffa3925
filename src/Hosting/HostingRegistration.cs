using System.Collections;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Hosting.Catalogs;
using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Hosting.Reload;
using InferenceBroker.Hosting.Start;
using InferenceBroker.Hosting.Telemetry;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence;
using InferenceBroker.Providers;
using InferenceBroker.Providers.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace InferenceBroker.Hosting;

/// <summary>What the hosts of all roles share.</summary>
public static class HostingRegistration
{
    private const string DatabaseFile = "broker.db";
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Reads the configuration and adds what every role needs: catalog, connections, clock, database, transport, telemetry, logging, health.</summary>
    /// <exception cref="ConfigurationFaultsException">The configuration is wrong; <see cref="BrokerHost"/> turns this into a message.</exception>
    public static WebApplicationBuilder AddBrokerHosting(this WebApplicationBuilder builder, string role)
    {
        var environment = ReadEnvironment();
        var places = Places.Find(builder.Configuration, environment, Directory.GetCurrentDirectory());
        var source = new ConfigurationSource(places.ConfigurationFile, places.WorkingDirectory, environment);
        var configuration = BrokerConfiguration.Load(source);
        LowestLayer.Insert(builder.Configuration, role, configuration.RoleKeys);
        OwnedDirectory.Ensure(places.DataDirectory);

        var connections = ConnectionTexts.Read(builder.Configuration);
        var services = builder.Services;
        services.AddBrokerStart(hasDatabaseServer: connections.Postgres is not null);
        services.AddBrokerReload(source, configuration);
        services.AddSingleton(Describe(role, places, configuration, connections));
        services.AddSingleton<ICatalogSource, CatalogSource>();
        services.AddSingleton<IProviderConnections, ProviderConnections>();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);

        services.AddBrokerPersistence(
            new PersistenceOptions
            {
                PostgresConnectionString = connections.Postgres,
                SqlitePath = Path.Combine(places.DataDirectory, DatabaseFile),
            }
        );
        services.AddBrokerProviders();
        services.AddBrokerMessaging(MessagingSettings.Read(builder.Configuration, connections.RabbitMq));
        builder.Logging.AddBrokerLogging();
        services.AddBrokerTelemetry(builder.Configuration);
        services.AddBrokerHealth();
        return builder;
    }

    private static BrokerSetup Describe(string role, Places places, BrokerConfiguration configuration, ConnectionTexts connections) =>
        new()
        {
            Role = role,
            DataDirectory = places.DataDirectory,
            ConfigurationFile = configuration.File,
            ProviderSource = configuration.ProviderSource,
            Providers = [.. configuration.Options.Providers.Keys],
            UsesPostgres = connections.Postgres is not null,
            UsesRabbitMq = connections.RabbitMq is not null,
            Warnings = configuration.Warnings,
        };

    private static Dictionary<string, string> ReadEnvironment() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);
}
