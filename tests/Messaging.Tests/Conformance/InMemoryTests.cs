using System.Diagnostics.Metrics;
using InferenceBroker.Messaging.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace InferenceBroker.Messaging.Tests.Conformance;

/// <summary>In memory there is one process: every node of a test is the same.</summary>
public sealed class InMemoryTests : MessagingConformance
{
    private Node? _node;

    [Fact]
    public async Task An_execution_for_a_provider_without_workers_is_not_sent()
    {
        var time = new FakeTimeProvider();
        await using var node = await Node.StartAsync(new MessagingOptions(), time);
        using var notSent = new MetricReader(node.Get<IMeterFactory>(), "broker.executions.not_sent", "provider", "nobody");

        var sending = node.Executions.SendAsync(Execution("nobody", 1), default);
        sending.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(6));

        (await sending.ShouldThrowAsync<MessageNotSentException>()).Message.ShouldContain("'nobody' within 5 s");
        notSent.Sum.ShouldBe(1);
    }

    private protected override async Task<Node> StartNodeAsync(TimeSpan stopTimeout) =>
        _node ??= await Node.StartAsync(new MessagingOptions { StopTimeout = stopTimeout });

    private protected override Task AssertFaultQueueHoldsAsync(string queue, uint messages) => Task.CompletedTask;
}
