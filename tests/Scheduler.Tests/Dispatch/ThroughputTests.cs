using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Dispatch;

[Collection(AloneCollection.Name)]
public sealed class ThroughputTests
{
    [Fact]
    public void The_loop_keeps_up_with_ten_thousand_jobs_a_second()
    {
        using var broker = new Harness(
            new TestCatalog().Provider("a", concurrency: 400).Provider("b", concurrency: 400).Route("m", ("a", 2), ("b", 1))
        );
        const int Jobs = 20_000;
        for (var i = 0; i < Jobs; i++)
        {
            broker.StoreSilently(tenant: i % 20, lane: Domain.Jobs.Lane.Standard);
        }

        foreach (var chunk in broker.Store.Rows.Values.Select(r => r.Job).Chunk(50))
        {
            broker.Tell(chunk);
        }

        var before = Environment.CpuUsage.TotalTime;
        broker.Pump();
        for (var ended = 0; ended < Jobs; )
        {
            var batch = broker.Sender.JobsFrom(ended);
            ended += batch.Count;
            broker.Tell([.. batch.Select(s => broker.End(s))]);
            broker.Pump();
        }

        broker.Sent.Count.ShouldBe(Jobs);
        (Environment.CpuUsage.TotalTime - before).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }
}
