using InferenceBroker.Persistence.Commit;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Persistence.Liveness;
using InferenceBroker.Persistence.Model;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Persistence.Postgres;
using InferenceBroker.Persistence.Sql;
using InferenceBroker.Persistence.Sqlite;
using InferenceBroker.Persistence.Startup;
using InferenceBroker.Persistence.Tenants;
using InferenceBroker.Persistence.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace InferenceBroker.Persistence;

/// <summary>Registers the stores of the configured database.</summary>
public static class PersistenceRegistration
{
    /// <summary>
    /// Adds <see cref="IJobStore"/>, <see cref="IJobWriter"/>, <see cref="ILeaseStore"/>, <see cref="IWorkerRegistry"/>, <see cref="IPastProcesses"/>,
    /// <see cref="ITenantStore"/>, <see cref="IPlacementStore"/>, <see cref="IDatabaseTime"/> and <see cref="IDatabaseInitializer"/>, which has to run before the others are used.
    /// </summary>
    public static IServiceCollection AddBrokerPersistence(this IServiceCollection services, PersistenceOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        if (string.IsNullOrWhiteSpace(options.PostgresConnectionString))
        {
            AddSqlite(services, options.SqlitePath);
        }
        else
        {
            AddPostgres(services, options.PostgresConnectionString);
        }

        services.TryAddSingleton<IJobStore>(provider => provider.GetRequiredService<IRetryAwareJobStore>());
        services.TryAddSingleton<IJobWriter, GroupCommittedJobWriter>();
        services.TryAddSingleton<ILeaseStore, SqlLeaseStore>();
        services.TryAddSingleton<IWorkerRegistry, SqlWorkerRegistry>();
        services.TryAddSingleton<IPastProcesses, SqlPastProcesses>();
        services.TryAddSingleton<ITenantStore, TenantStore>();
        services.TryAddSingleton<IPlacementStore, SqlPlacementStore>();
        return services;
    }

    private static void AddPostgres(IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(_ => PostgresSettings.CreateSource(connectionString));
        services.TryAddSingleton<PostgresDatabase>();
        services.TryAddSingleton<ISqlDatabase>(provider => provider.GetRequiredService<PostgresDatabase>());
        services.TryAddSingleton<ITransientFaults, PostgresFaults>();
        services.TryAddSingleton<IRetryAwareJobStore, PostgresJobStore>();
        services.TryAddSingleton<IBrokerContextFactory, PostgresContexts>();
        services.TryAddSingleton<IDatabaseTime, PostgresTime>();
        services.TryAddSingleton<IDatabaseInitializer, PostgresInitializer>();
    }

    private static void AddSqlite(IServiceCollection services, string path)
    {
        services.TryAddSingleton(_ => new SqliteDatabase(path));
        services.TryAddSingleton<ISqlDatabase>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.TryAddSingleton<ITransientFaults, SqliteFaults>();
        services.TryAddSingleton<IRetryAwareJobStore, SqliteJobStore>();
        services.TryAddSingleton<IBrokerContextFactory>(_ => new SqliteContexts(path));
        services.TryAddSingleton<IDatabaseTime, LocalTime>();
        services.TryAddSingleton<IDatabaseInitializer>(provider => new SqliteInitializer(
            path,
            provider.GetRequiredService<SqliteDatabase>(),
            provider.GetRequiredService<IBrokerContextFactory>(),
            provider.GetRequiredService<TimeProvider>()
        ));
    }
}
