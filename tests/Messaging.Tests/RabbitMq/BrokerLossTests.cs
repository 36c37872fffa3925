using InferenceBroker.Messaging.Tests.Support;
using InferenceBroker.Testing.Processes;
using InferenceBroker.Testing.RabbitMq;
using MassTransit;
using Shouldly;
using Xunit;

namespace InferenceBroker.Messaging.Tests.RabbitMq;

/// <summary>RabbitMQ may go at any moment and come back with nothing.</summary>
public sealed class BrokerLossTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private PrivateRabbitMq _server = null!;
    private MessagingOptions _options = null!;

    public async Task InitializeAsync()
    {
        _server = await PrivateRabbitMq.OwnAsync();
        _options = new MessagingOptions { RabbitMqUri = await _server.CreateVirtualHostAsync(), SendTimeout = TimeSpan.FromSeconds(2) };
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Everything_flows_again_after_RabbitMQ_was_killed_and_lost_its_data()
    {
        await using var node = await Node.StartAsync(_options);
        await using var idle = await Node.StartAsync(_options);
        await using var receiving = await Receiving.ConnectAsync(node);
        await receiving.AssertFlowsAsync(node, Limit);
        await AssertStatusAsync(idle, isConnected: true);

        await _server.KillAsync();
        await AssertStatusAsync(node, isConnected: false);
        await AssertStatusAsync(idle, isConnected: false);
        await node.Executions.SendAsync(Receiving.Execution(1), default).ShouldThrowAsync<MessageNotSentException>();
        node.Hints.JobChanged(Guid.CreateVersion7());
        await _server.WipeAsync();
        await _server.StartAsync();

        await receiving.AssertFlowsAsync(node, Limit);
        await AssertStatusAsync(node, isConnected: true);
        await AssertStatusAsync(idle, isConnected: true);
    }

    [Fact]
    public async Task A_process_starts_without_RabbitMQ_and_connects_once_it_is_there()
    {
        await _server.KillAsync();
        await using var node = await Node.StartAsync(_options);
        node.Status.IsConnected.ShouldBeFalse();
        await using var receiving = await Receiving.ConnectAsync(node);
        node.Status.IsConnected.ShouldBeFalse();

        await _server.StartAsync();

        await receiving.AssertFlowsAsync(node, Limit);
        await AssertStatusAsync(node, isConnected: true);
    }

    private static Task AssertStatusAsync(Node node, bool isConnected) =>
        Eventually.TrueAsync(
            () => Task.FromResult(node.Status.IsConnected == isConnected),
            Limit,
            () => $"the bus does not say that its connection is {isConnected}: {node.Get<IBusControl>().CheckHealth().Description}"
        );
}
