using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Recovery;

public sealed class QueueReadingTests
{
    [Fact]
    public async Task A_queue_that_does_not_fit_is_read_page_by_page_and_in_order()
    {
        using var broker = new Harness(SmallProvider(), Small);
        var jobs = Enumerable.Range(0, 300).Select(_ => broker.Submit()).ToList();

        await DrainAsync(broker, jobs.Count);

        broker.Sent.Select(s => s.JobId).ShouldBe(jobs.Select(j => j.Id.Value));
        broker.Store.PagesRead.ShouldAllBe(p => p.Limit == 10);
    }

    [Fact]
    public void Memory_holds_no_more_than_its_capacity()
    {
        using var broker = new Harness(SmallProvider(), Small);
        for (var i = 0; i < 300; i++)
        {
            broker.Submit();
        }

        broker.Pump();

        broker.Memory.Index.QueuedCount.ShouldBeLessThanOrEqualTo(40);
    }

    [Fact]
    public void One_model_without_capacity_does_not_hide_the_others()
    {
        using var broker = new Harness(SmallProvider().Provider("full", concurrency: 0).Route("stuck", ("full", 1)), Small);
        for (var i = 0; i < 300; i++)
        {
            broker.Submit("stuck");
        }

        broker.Submit("m");
        broker.Pump();

        broker.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Lost_hints_of_a_deep_queue_are_found_when_it_runs_low()
    {
        using var broker = new Harness(SmallProvider(), Small);
        for (var i = 0; i < 200; i++)
        {
            if (i % 3 == 0)
            {
                broker.StoreSilently();
            }
            else
            {
                broker.Submit();
            }
        }

        await DrainAsync(broker, 200);

        broker.Sent.Select(s => s.JobId).Distinct().Count().ShouldBe(200);
    }

    private static void Small(SchedulerOptions options) => (options.IndexCapacity, options.PageSize) = (40, 10);

    private static TestCatalog SmallProvider() => new TestCatalog().Provider("a", concurrency: 5).Route("m", ("a", 1));

    private static async Task DrainAsync(Harness broker, int jobs)
    {
        var ended = 0;
        for (var i = 0; i < 1000 && ended < jobs; i++)
        {
            broker.Pump();
            for (; ended < broker.Sent.Count; ended++)
            {
                broker.Tell(broker.End(broker.Sent[ended]));
            }

            if (i % 20 == 19)
            {
                broker.Advance(TimeSpan.FromSeconds(1));
                await broker.SweepAsync();
            }
        }

        ended.ShouldBe(jobs);
    }
}
