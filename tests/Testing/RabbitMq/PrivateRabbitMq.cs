namespace InferenceBroker.Testing.RabbitMq;

/// <summary>
/// The RabbitMQ of a test run: the server that <c>BROKER_TEST_RABBITMQ</c> names (an amqp URI), else one of this process's own, from the
/// Debian package or else in a container, which ends with the process, however that ends. Each test class asks for a virtual host of its
/// own. Thread safe but for <see cref="KillAsync"/>, <see cref="WipeAsync"/> and <see cref="StartAsync"/>, which belong on a server of one's own.
/// </summary>
public sealed class PrivateRabbitMq : IAsyncDisposable
{
    public const string ServerVariable = "BROKER_TEST_RABBITMQ";

    /// <summary>The address of the given server's HTTP API. Without it every test class shares the virtual host of the URI.</summary>
    public const string ManagementVariable = "BROKER_TEST_RABBITMQ_MANAGEMENT";

    private static readonly Lazy<Task<PrivateRabbitMq>> Shared = new(StartSharedAsync);

    private readonly IRabbitMqServer? _server;
    private readonly VirtualHosts? _virtualHosts;

    /// <summary>A server that is already running.</summary>
    private PrivateRabbitMq(string given, string? management)
    {
        ConnectionString = given;
        Management = string.IsNullOrWhiteSpace(management) ? null : new Uri(management);
        _virtualHosts = Management is null ? null : new VirtualHosts(new Uri(given), Management);
    }

    private PrivateRabbitMq(IRabbitMqServer server)
        : this(
            $"amqp://{RabbitMqDefinitions.User}:{RabbitMqDefinitions.Password}@127.0.0.1:{server.Port}/{RabbitMqDefinitions.VirtualHost}",
            server.Management?.ToString()
        ) => _server = server;

    /// <summary>An amqp URI with a virtual host that everybody shares.</summary>
    public string ConnectionString { get; }

    /// <summary>The server's HTTP API, where it has one.</summary>
    public Uri? Management { get; }

    private IRabbitMqServer Server => _server ?? throw new InvalidOperationException("The server belongs to somebody else.");

    /// <summary>The server that the tests of this process share; started at first use where none is given.</summary>
    public static Task<PrivateRabbitMq> SharedAsync() => Shared.Value;

    /// <summary>A server that its caller may kill and wipe, and has to dispose. It has one virtual host.</summary>
    public static Task<PrivateRabbitMq> OwnAsync() => StartNewAsync(hasManagement: false);

    /// <summary>A virtual host that nobody else was given, as an amqp URI; the one that there is where the server has no HTTP API.</summary>
    public Task<string> CreateVirtualHostAsync(CancellationToken cancellationToken = default) =>
        _virtualHosts?.CreateAsync(cancellationToken) ?? Task.FromResult(ConnectionString);

    public Task KillAsync() => Server.KillAsync();

    public Task WipeAsync() => Server.WipeAsync();

    public Task StartAsync(CancellationToken cancellationToken = default) => Server.StartAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<PrivateRabbitMq> StartSharedAsync() =>
        Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } given
            ? new PrivateRabbitMq(given, Environment.GetEnvironmentVariable(ManagementVariable))
            : await StartNewAsync(hasManagement: true);

    private static async Task<PrivateRabbitMq> StartNewAsync(bool hasManagement)
    {
        var rabbitMq = new PrivateRabbitMq(
            RabbitMqProcess.IsInstalled ? new RabbitMqProcess(hasManagement) : new RabbitMqContainer(hasManagement)
        );
        await rabbitMq.StartAsync();
        return rabbitMq;
    }
}
