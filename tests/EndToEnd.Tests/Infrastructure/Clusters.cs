using InferenceBroker.Testing.Postgres;
using InferenceBroker.Testing.Processes;
using InferenceBroker.Testing.RabbitMq;

namespace InferenceBroker.EndToEnd.Tests.Infrastructure;

/// <summary>Starts clusters on the servers of this test run.</summary>
internal static class Clusters
{
    private static readonly TimeSpan LeaderLimit = TimeSpan.FromSeconds(10);

    public static Task<PrivateRabbitMq> StartOwnRabbitMqAsync() => PrivateRabbitMq.OwnAsync();

    public static Task<LocalPostgres> StartOwnPostgresAsync() => LocalPostgres.StartNewAsync();

    /// <summary>A cluster with a database and a virtual host of its own, unless servers are given.</summary>
    public static async Task<BrokerCluster> StartAsync(
        int apis = 1,
        int schedulers = 1,
        int workers = 1,
        string? postgres = null,
        string? rabbitMq = null,
        Func<Uri, string>? configuration = null,
        IReadOnlyList<string>? simulatorArguments = null,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        postgres ??= await (await PrivatePostgres.SharedAsync()).CreateDatabaseAsync();
        rabbitMq ??= await (await PrivateRabbitMq.SharedAsync()).CreateVirtualHostAsync();
        var cluster = new BrokerCluster(
            new ClusterServers(postgres, rabbitMq),
            new ClusterOptions
            {
                Apis = apis,
                Schedulers = schedulers,
                Workers = workers,
                Configuration = configuration ?? LedgerConfiguration.Json,
                SimulatorArguments = simulatorArguments ?? LedgerConfiguration.SimulatorArguments,
                Environment = ClusterOptions.AsTheImages.Concat(environment ?? new Dictionary<string, string>()).ToDictionary(),
            }
        );
        try
        {
            await cluster.StartAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The scheduler that leads, as its metrics say.</summary>
    public static async Task<RoleProcess> LeaderAsync(BrokerCluster cluster)
    {
        RoleProcess? leader = null;
        await Eventually.TrueAsync(
            async () =>
            {
                foreach (var scheduler in cluster.Schedulers)
                {
                    if (await LeadsAsync(scheduler))
                    {
                        leader = scheduler;
                    }
                }

                return leader is not null;
            },
            LeaderLimit,
            () => "no scheduler says that it leads"
        );
        return leader!;
    }

    private static async Task<bool> LeadsAsync(RoleProcess scheduler)
    {
        using var client = new HttpClient { BaseAddress = scheduler.Url };
        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return metrics
            .Split('\n')
            .Any(l => l.Contains("leader", StringComparison.Ordinal) && l[0] != '#' && l.Split(' ').Skip(1).FirstOrDefault() == "1");
    }
}
