namespace InferenceBroker.Testing.Processes;

/// <summary>The distributed product as real processes: roles, and the simulated provider across a real network.</summary>
public sealed class BrokerCluster : IAsyncDisposable
{
    public const string ApiKey = "sk-brk-0123456789abcdefghijklmnopqrstuvwxyzABCD";
    public const string AdminKey = "sk-brk-ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcd";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly ClusterServers _servers;
    private readonly ClusterOptions _options;
    private readonly TemporaryFolder _folder = new();
    private readonly List<RoleProcess> _apis = [];
    private readonly List<RoleProcess> _schedulers = [];
    private readonly List<RoleProcess> _workers = [];

    public BrokerCluster(ClusterServers servers, ClusterOptions options)
    {
        _servers = servers;
        _options = options;
        var port = FreePort.Next();
        Simulator = new RoleProcess(
            "Standalone",
            ["simulate", "--port", $"{port}", .. options.SimulatorArguments],
            new Dictionary<string, string>(),
            _folder.Path,
            new Uri($"http://127.0.0.1:{port}/"),
            readyPath: "/stats"
        );
        for (var i = 0; i < options.Apis; i++)
        {
            _apis.Add(Create("Api"));
        }

        for (var i = 0; i < options.Schedulers; i++)
        {
            _schedulers.Add(Create("Scheduler"));
        }

        for (var i = 0; i < options.Workers; i++)
        {
            _workers.Add(Create("Workers"));
        }
    }

    public RoleProcess Simulator { get; }

    public IReadOnlyList<RoleProcess> Apis => _apis;

    public IReadOnlyList<RoleProcess> Schedulers => _schedulers;

    public IReadOnlyList<RoleProcess> Workers => _workers;

    /// <summary>A client of the first Api process with the default tenant's key.</summary>
    public HttpClient CreateClient(int api = 0)
    {
        var client = new HttpClient { BaseAddress = _apis[api].Url, Timeout = TimeSpan.FromMinutes(3) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", ApiKey);
        return client;
    }

    public async Task StartAsync()
    {
        await Simulator.StartReadyAsync(StartLimit);
        await File.WriteAllTextAsync(ConfigurationFile, _options.Configuration(Simulator.Url!));

        // The first one creates the schema; the others find it.
        await _apis[0].StartReadyAsync(StartLimit);
        await Task.WhenAll(_apis.Skip(1).Concat(_schedulers).Concat(_workers).Select(p => p.StartReadyAsync(StartLimit)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _apis.Concat(_schedulers).Concat(_workers).Append(Simulator))
        {
            await process.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>Replaces <c>broker.json</c>, which all roles share, by another one; as editors do, by a rename.</summary>
    public async Task ReconfigureAsync(string configuration)
    {
        var next = _folder.File("broker.json.next");
        await File.WriteAllTextAsync(next, configuration);
        File.Move(next, ConfigurationFile, overwrite: true);
    }

    private string ConfigurationFile => _folder.File("broker.json");

    private RoleProcess Create(string role)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        var environment = new Dictionary<string, string>(_options.Environment)
        {
            ["ConnectionStrings__Postgres"] = _servers.Postgres,
            ["ConnectionStrings__RabbitMq"] = _servers.RabbitMq,
            ["BROKER_CONFIG"] = ConfigurationFile,
            ["BROKER_DATA"] = _folder.Path,
            ["BROKER_API_KEY"] = ApiKey,
            ["BROKER_ADMIN_KEY"] = AdminKey,
        };
        return new RoleProcess(role, ["--urls", url.ToString().TrimEnd('/')], environment, _folder.Path, url);
    }
}
