using InferenceBroker.Scheduler.Dispatch;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Dispatch;

public sealed class ExecutePublisherTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 3)]
    [InlineData(17, 9)]
    [InlineData(64, 16)]
    [InlineData(1000, 16)]
    public void Groups_grow_with_the_round_so_that_all_workers_find_work(int jobs, int size) =>
        ExecutePublisher.GroupSize(jobs).ShouldBe(size);

    [Fact]
    public void A_large_round_goes_out_in_groups_and_each_job_once()
    {
        using var broker = new Harness(new TestCatalog().Route("m", ("a", 1)));
        for (var i = 0; i < 100; i++)
        {
            broker.Submit();
        }

        broker.Pump();

        broker.Sender.Messages.Count.ShouldBeLessThan(20);
        broker.Sent.Select(j => j.JobId).Distinct().Count().ShouldBe(100);
    }
}
