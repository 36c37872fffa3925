using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Testing;
using InferenceBroker.Testing.Processes;
using Microsoft.Data.Sqlite;

namespace InferenceBroker.Load.Rigs;

/// <summary>One Standalone process on SQLite and the in-memory transport, and the simulated provider as a process of its own.</summary>
internal sealed class EmbeddedRig(LoadOptions options) : IRig
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private RoleProcess? _provider;
    private RoleProcess? _broker;
    private StoreAccess? _access;

    public string Name => "embedded";

    public Uri Api => Broker.Url!;

    public Uri Provider => _provider!.Url!;

    public string ApiKey => BrokerCluster.ApiKey;

    public IJobStore Store => _access!.Store;

    public (int TenantId, int ApiKeyId) Owner => _access!.Owner;

    private RoleProcess Broker => _broker ?? throw new InvalidOperationException("The rig has not started.");

    private string DatabaseFile => _folder.File("broker.db");

    public async Task StartAsync()
    {
        var providerUrl = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        _provider = new RoleProcess(
            "Standalone",
            ["simulate", "--port", $"{providerUrl.Port}"],
            new Dictionary<string, string>(),
            _folder.Path,
            providerUrl,
            readyPath: "/stats"
        );
        await _provider.StartReadyAsync(StartLimit);

        var configuration = BenchConfiguration.Write(_folder, providerUrl, options.Concurrency);
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        var environment = new Dictionary<string, string> { ["BROKER_API_KEY"] = ApiKey, ["BROKER_ADMIN_KEY"] = BrokerCluster.AdminKey };
        _broker = new RoleProcess(
            "Standalone",
            ["serve", "--config", configuration, "--urls", url.ToString().TrimEnd('/'), "--data", _folder.Path],
            environment,
            _folder.Path,
            url
        );
        await _broker.StartReadyAsync(StartLimit);
        _access = await StoreAccess.OpenAsync(new() { SqlitePath = DatabaseFile }, ApiKey);
    }

    public IReadOnlyDictionary<string, IReadOnlyList<int>> Processes() =>
        new Dictionary<string, IReadOnlyList<int>>
        {
            ["broker"] = [Broker.Id],
            ["provider"] = [_provider!.Id],
            ["loadGenerator"] = [Environment.ProcessId],
        };

    public async Task<BatchProgress> ProgressAsync(string batchId)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabaseFile};Mode=ReadOnly;Default Timeout=10");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT sum(state = 3), sum(state > 3), max(ended_at) FROM job_payloads JOIN jobs ON id = job_id WHERE batch_id = $batch";
        command.Parameters.AddWithValue("$batch", batchId);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return await reader.IsDBNullAsync(0)
            ? default
            : new BatchProgress(
                reader.GetInt64(0),
                reader.GetInt64(1),
                await reader.IsDBNullAsync(2) ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(reader.GetInt64(2))
            );
    }

    public Task<double?> PgbenchAsync() => Task.FromResult<double?>(null);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _broker, _provider })
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        if (_access is not null)
        {
            await _access.DisposeAsync();
        }

        _folder.Dispose();
    }
}
