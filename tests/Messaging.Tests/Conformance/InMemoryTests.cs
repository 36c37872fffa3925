using InferenceBroker.Messaging.Tests.Support;

namespace InferenceBroker.Messaging.Tests.Conformance;

/// <summary>In memory there is one process: every node of a test is the same.</summary>
public sealed class InMemoryTests : MessagingConformance
{
    private Node? _node;

    private protected override async Task<Node> StartNodeAsync(TimeSpan stopTimeout) =>
        _node ??= await Node.StartAsync(new MessagingOptions { StopTimeout = stopTimeout });

    private protected override Task AssertFaultQueueHoldsAsync(string queue, uint messages) => Task.CompletedTask;
}
