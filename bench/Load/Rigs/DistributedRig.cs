using InferenceBroker.Load.Measuring;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Testing;
using InferenceBroker.Testing.Postgres;
using InferenceBroker.Testing.Processes;
using InferenceBroker.Testing.RabbitMq;
using Npgsql;

namespace InferenceBroker.Load.Rigs;

/// <summary>Three roles and the simulated provider as processes of their own, on a private PostgreSQL and RabbitMQ.</summary>
internal sealed class DistributedRig(LoadOptions options) : IRig
{
    private readonly TemporaryFolder _folder = new();
    private LocalPostgres? _postgres;
    private PrivateRabbitMq? _rabbitMq;
    private BrokerCluster? _cluster;
    private NpgsqlDataSource? _database;
    private StoreAccess? _access;

    public string Name => "distributed";

    public Uri Api => Cluster.Apis[0].Url!;

    public Uri Provider => Cluster.Simulator.Url!;

    public string ApiKey => BrokerCluster.ApiKey;

    public IJobStore Store => Access.Store;

    public (int TenantId, int ApiKeyId) Owner => Access.Owner;

    private BrokerCluster Cluster => _cluster ?? throw new InvalidOperationException("The rig has not started.");

    private StoreAccess Access => _access ?? throw new InvalidOperationException("The rig has not started.");

    public async Task StartAsync()
    {
        _postgres = await LocalPostgres.StartNewAsync();
        _rabbitMq = await PrivateRabbitMq.OwnAsync();
        var connection = await _postgres.CreateDatabaseAsync();
        _cluster = new BrokerCluster(
            new ClusterServers(connection, await _rabbitMq.CreateVirtualHostAsync()),
            new ClusterOptions { Configuration = url => File.ReadAllText(BenchConfiguration.Write(_folder, url, options.Concurrency)) }
        );
        await _cluster.StartAsync();
        _database = NpgsqlDataSource.Create(connection);
        _access = await StoreAccess.OpenAsync(new() { PostgresConnectionString = connection }, ApiKey);
    }

    public IReadOnlyDictionary<string, IReadOnlyList<int>> Processes() =>
        new Dictionary<string, IReadOnlyList<int>>
        {
            ["api"] = [Cluster.Apis[0].Id],
            ["scheduler"] = [Cluster.Schedulers[0].Id],
            ["worker"] = [Cluster.Workers[0].Id],
            ["provider"] = [Cluster.Simulator.Id],
            ["postgres"] = ProcessMeter.DescendantsNamed("postgres"),
            ["rabbitmq"] = ProcessMeter.DescendantsNamed("beam.smp"),
            ["loadGenerator"] = [Environment.ProcessId],
        };

    public async Task<BatchProgress> ProgressAsync(string batchId)
    {
        await using var command = _database!.CreateCommand(
            """
            SELECT count(*) FILTER (WHERE state = 3), count(*) FILTER (WHERE state > 3), max(ended_at)
            FROM job_payloads JOIN jobs ON id = job_id
            WHERE batch_id = $1
                AND NOT EXISTS (SELECT 1 FROM jobs WHERE dispatched_at IS NOT NULL)
                AND NOT EXISTS (SELECT 1 FROM jobs WHERE dispatched_at IS NULL AND ended_at IS NULL)
            """
        );
        command.Parameters.Add(new NpgsqlParameter { Value = batchId });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        DateTimeOffset? last = await reader.IsDBNullAsync(2) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(2);
        return new BatchProgress(reader.GetInt64(0), reader.GetInt64(1), last);
    }

    public async Task<double?> PgbenchAsync() => await Pgbench.RunAsync(await _postgres!.CreateDatabaseAsync());

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        if (_access is not null)
        {
            await _access.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_rabbitMq is not null)
        {
            await _rabbitMq.DisposeAsync();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        _folder.Dispose();
    }
}
