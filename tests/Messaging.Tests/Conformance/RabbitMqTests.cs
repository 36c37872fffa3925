using InferenceBroker.Contracts.Dispatch;
using InferenceBroker.Messaging.Tests.Support;
using InferenceBroker.Testing.Processes;
using InferenceBroker.Testing.RabbitMq;
using RabbitMQ.Client;
using Shouldly;
using Xunit;

namespace InferenceBroker.Messaging.Tests.Conformance;

public sealed class RabbitMqTests : MessagingConformance
{
    private string? _uri;

    [Fact]
    public async Task An_execution_may_be_sent_before_its_queue_exists()
    {
        var node = await NodeAsync();
        var handler = new CollectingHandler<ExecuteJobs>();

        await node.Executions.SendAsync(Execution("late", 1), default);
        await node.Executions.SendAsync(Execution("late", 2), default);

        await using var queue = await node.Receiver.ReceiveProviderAsync("late", 1, handler, default);
        (await handler.NextAsync()).Jobs[0].Fence.ShouldBe(1);
        (await handler.NextAsync()).Jobs[0].Fence.ShouldBe(2);
    }

    [Fact]
    public async Task Workers_in_two_processes_share_a_providers_messages()
    {
        var (first, second) = (await NodeAsync(), await NodeAsync());
        var blocked = new BlockingHandler<ExecuteJobs>();
        var free = new CollectingHandler<ExecuteJobs>();
        await using var firstQueue = await first.Receiver.ReceiveProviderAsync("openai", 1, blocked, default);
        await first.Executions.SendAsync(Execution("openai", 1), default);
        await blocked.Entered.WaitAsync(Limit);
        await using var secondQueue = await second.Receiver.ReceiveProviderAsync("openai", 1, free, default);

        await first.Executions.SendAsync(Execution("openai", 2), default);

        (await free.NextAsync()).Jobs[0].Fence.ShouldBe(2);
        free.TryNext().ShouldBeFalse();
        blocked.Release();
    }

    private protected override async Task<Node> StartNodeAsync(TimeSpan stopTimeout)
    {
        _uri ??= await (await PrivateRabbitMq.SharedAsync()).CreateVirtualHostAsync();
        return await Node.StartAsync(new MessagingOptions { RabbitMqUri = _uri, StopTimeout = stopTimeout });
    }

    private protected override async Task AssertFaultQueueHoldsAsync(string queue, uint messages)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(_uri!) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        // A message is counted before it is moved.
        await Eventually.TrueAsync(
            async () => await channel.MessageCountAsync(queue) == messages,
            Limit,
            () => $"{queue} does not hold {messages} messages"
        );
    }
}
