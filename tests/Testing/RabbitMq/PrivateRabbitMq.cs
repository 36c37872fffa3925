namespace InferenceBroker.Testing.RabbitMq;

/// <summary>
/// A RabbitMQ server of this test process alone, from the Debian package or else in a container. It ends with the process, however that
/// ends. <c>BROKER_TEST_RABBITMQ</c> (an amqp URI) makes the shared one a server that is already running. Thread safe but for
/// <see cref="KillAsync"/>, <see cref="WipeAsync"/> and <see cref="StartAsync"/>, which belong on a server of one's own.
/// </summary>
public sealed class PrivateRabbitMq : IAsyncDisposable
{
    // Each costs the server's start a quarter of a second.
    private const int SharedVirtualHosts = 20;

    private static readonly Lazy<Task<PrivateRabbitMq>> Shared = new(() =>
        CreateAsync(Environment.GetEnvironmentVariable("BROKER_TEST_RABBITMQ"), SharedVirtualHosts)
    );

    private readonly string? _given;
    private readonly IRabbitMqServer _server;
    private readonly int _declared;
    private int _virtualHosts;

    private PrivateRabbitMq(string? given, int virtualHosts)
    {
        _declared = virtualHosts;
        _given = string.IsNullOrWhiteSpace(given) ? null : given;
        _server = RabbitMqProcess.IsInstalled ? new RabbitMqProcess(virtualHosts) : new RabbitMqContainer(virtualHosts);
    }

    /// <summary>The one server that the tests of this process share.</summary>
    public static Task<PrivateRabbitMq> SharedAsync() => Shared.Value;

    /// <summary>A server that its caller may kill and wipe, and has to dispose.</summary>
    public static Task<PrivateRabbitMq> OwnAsync() => CreateAsync(given: null, virtualHosts: 1);

    /// <summary>A virtual host that nobody else was given, as an amqp URI; on a given server the URI as it is.</summary>
    public async Task<string> CreateVirtualHostAsync(CancellationToken cancellationToken = default)
    {
        if (_given is not null)
            return _given;
        var number = Interlocked.Increment(ref _virtualHosts);
        var name = RabbitMqDefinitions.VirtualHost(number);
        if (number > _declared)
            await _server.AddVirtualHostAsync(name, cancellationToken);
        return $"amqp://{RabbitMqDefinitions.User}:{RabbitMqDefinitions.Password}@127.0.0.1:{_server.Port}/{name}";
    }

    public Task KillAsync() => _server.KillAsync();

    public Task WipeAsync() => _server.WipeAsync();

    public Task StartAsync(CancellationToken cancellationToken = default) => _server.StartAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<PrivateRabbitMq> CreateAsync(string? given, int virtualHosts)
    {
        var rabbitMq = new PrivateRabbitMq(given, virtualHosts);
        if (rabbitMq._given is null)
            await rabbitMq.StartAsync();
        return rabbitMq;
    }
}
