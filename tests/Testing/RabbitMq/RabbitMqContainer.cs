using InferenceBroker.Testing.Processes;
using Testcontainers.RabbitMq;

namespace InferenceBroker.Testing.RabbitMq;

/// <summary>The server in a container, for machines without the package. Testcontainers removes it when this process is gone.</summary>
internal sealed class RabbitMqContainer(bool hasManagement) : IRabbitMqServer
{
    private const string Image = "rabbitmq:4.2-management";
    private const int InnerPort = 5672;
    private const int InnerManagementPort = 15672;
    private Testcontainers.RabbitMq.RabbitMqContainer? _container;

    public int Port { get; } = FreePort.Next();

    public Uri? Management { get; } = hasManagement ? new Uri($"http://127.0.0.1:{FreePort.Next()}/") : null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var isNew = _container is null;
        _container ??= Build();
        await _container.StartAsync(cancellationToken);
        if (isNew)
            await AddVirtualHostAsync(RabbitMqDefinitions.VirtualHost, cancellationToken);
    }

    public async Task KillAsync()
    {
        if (_container is not null)
            await _container.StopAsync();
    }

    public async Task WipeAsync()
    {
        if (_container is not null)
            await _container.DisposeAsync();
        _container = null;
    }

    public async ValueTask DisposeAsync() => await WipeAsync();

    private Testcontainers.RabbitMq.RabbitMqContainer Build()
    {
        var builder = new RabbitMqBuilder(Image)
            .WithUsername(RabbitMqDefinitions.User)
            .WithPassword(RabbitMqDefinitions.Password)
            .WithPortBinding(Port, InnerPort);
        return (Management is null ? builder : builder.WithPortBinding(Management.Port, InnerManagementPort)).Build();
    }

    private async Task AddVirtualHostAsync(string name, CancellationToken cancellationToken)
    {
        await ControlAsync(["rabbitmqctl", "add_vhost", name], cancellationToken);
        await ControlAsync(["rabbitmqctl", "set_permissions", "-p", name, RabbitMqDefinitions.User, ".*", ".*", ".*"], cancellationToken);
    }

    private async Task ControlAsync(string[] command, CancellationToken cancellationToken)
    {
        var result = await _container!.ExecAsync(command, cancellationToken);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{command[1]} ended with {result.ExitCode}: {result.Stderr}");
    }
}
