using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace InferenceBroker.Messaging.Tests.Support;

/// <summary>Messaging as one process has it: its own services, its own bus, started.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly IHost _host;

    private Node(IHost host) => _host = host;

    public IMessageReceiver Receiver => Get<IMessageReceiver>();

    public IHintSender Hints => Get<IHintSender>();

    public IExecuteSender Executions => Get<IExecuteSender>();

    public IBusStatus Status => Get<IBusStatus>();

    public static async Task<Node> StartAsync(MessagingOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddBrokerMessaging(options);
        var host = builder.Build();
        await host.StartAsync();
        return new Node(host);
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
