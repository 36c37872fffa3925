using InferenceBroker.Workers.Liveness;
using InferenceBroker.Workers.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace InferenceBroker.Workers.Tests.Liveness;

public sealed class CancellationReceiverTests
{
    [Fact]
    public async Task The_queue_is_connected_as_soon_as_the_broker_is_there()
    {
        var bench = new Bench();
        bench.Receiver.CancellationsBroken = true;
        var handler = new CancelJobsHandler(bench.Running);
        using var receiver = new CancellationReceiver(bench.Receiver, handler, bench.Time, NullLogger<CancellationReceiver>.Instance);

        (await receiver.RunOnceAsync(CancellationToken.None)).ShouldBeFalse();
        bench.Receiver.CancellationsBroken = false;
        (await receiver.RunOnceAsync(CancellationToken.None)).ShouldBeTrue();

        bench.Receiver.Cancellations.ShouldBe(handler);
        await receiver.StopAsync(CancellationToken.None).WaitAsync(Bench.Patience);
        bench.Receiver.Disconnected.All.ShouldBe(["cancellations"]);
    }
}
