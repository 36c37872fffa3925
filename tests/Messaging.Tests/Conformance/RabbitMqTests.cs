using InferenceBroker.Messaging.Tests.Support;
using InferenceBroker.Testing.RabbitMq;
using RabbitMQ.Client;
using Shouldly;

namespace InferenceBroker.Messaging.Tests.Conformance;

public sealed class RabbitMqTests : MessagingConformance
{
    private string? _uri;

    private protected override async Task<Node> StartNodeAsync(TimeSpan stopTimeout)
    {
        _uri ??= await (await PrivateRabbitMq.SharedAsync()).CreateVirtualHostAsync();
        return await Node.StartAsync(new MessagingOptions { RabbitMqUri = _uri, StopTimeout = stopTimeout });
    }

    private protected override async Task AssertFaultQueueHoldsAsync(string queue, uint messages)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(_uri!) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        // A message is counted before it is moved: what the queue holds is read until it is there or the limit is over.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await channel.MessageCountAsync(queue, limit.Token) != messages)
            await Task.Yield();
        (await channel.MessageCountAsync(queue, limit.Token)).ShouldBe(messages);
    }
}
