using InferenceBroker.Testing.Processes;
using Testcontainers.RabbitMq;

namespace InferenceBroker.Testing.RabbitMq;

/// <summary>The server in a container, for machines without the package. Testcontainers removes it when this process is gone.</summary>
internal sealed class RabbitMqContainer(int virtualHosts) : IRabbitMqServer
{
    private const string Image = "rabbitmq:4.2";
    private const int InnerPort = 5672;
    private Testcontainers.RabbitMq.RabbitMqContainer? _container;

    public int Port { get; } = FreePort.Next();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_container is null)
        {
            _container = new RabbitMqBuilder(Image)
                .WithUsername(RabbitMqDefinitions.User)
                .WithPassword(RabbitMqDefinitions.Password)
                .WithPortBinding(Port, InnerPort)
                .Build();
            await _container.StartAsync(cancellationToken);
            for (var number = 1; number <= virtualHosts; number++)
                await AddVirtualHostAsync(RabbitMqDefinitions.VirtualHost(number), cancellationToken);
            return;
        }

        await _container.StartAsync(cancellationToken);
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

    public async Task AddVirtualHostAsync(string name, CancellationToken cancellationToken)
    {
        await ControlAsync(["rabbitmqctl", "add_vhost", name], cancellationToken);
        await ControlAsync(["rabbitmqctl", "set_permissions", "-p", name, RabbitMqDefinitions.User, ".*", ".*", ".*"], cancellationToken);
    }

    public async ValueTask DisposeAsync() => await WipeAsync();

    private async Task ControlAsync(string[] command, CancellationToken cancellationToken)
    {
        var result = await _container!.ExecAsync(command, cancellationToken);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{command[1]} ended with {result.ExitCode}: {result.Stderr}");
    }
}
