using InferenceBroker.Domain.Jobs;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Admission;

[Collection(AloneCollection.Name)]
public sealed class JobIndexTests
{
    [Fact]
    public void A_queued_job_takes_about_two_hundred_bytes()
    {
        using var broker = new Harness(
            new TestCatalog().Provider("a", concurrency: 0).Route("m", ("a", 1)),
            o => o.IndexCapacity = 1_000_000
        );
        var hints = Enumerable.Range(0, 100_000).Select(_ => Job(broker)).ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        foreach (var hint in hints)
        {
            broker.Memory.Settler.Admit(hint, broker.Time.GetUtcNow());
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / hints.Length;
        GC.KeepAlive(hints);
        bytes.ShouldBeInRange(50, 260);
    }

    [Fact]
    public void Expiring_jobs_of_a_blocked_queue_do_not_pile_up()
    {
        using var broker = new Harness(new TestCatalog().Provider("a", concurrency: 0).Route("m", ("a", 1)));
        for (var i = 0; i < 10_000; i++)
        {
            var job = Job(broker);
            broker.Memory.Settler.Admit(job, broker.Time.GetUtcNow());
            broker.Memory.Index.Remove(broker.Memory.Index.Find(job.Id.Value)!);
        }

        var queue = broker.Memory.Index.TenantOf(1).LaneOf(Lane.Standard).Groups.ShouldHaveSingleItem().Ready.ShouldHaveSingleItem();
        queue.Jobs.HeldCount.ShouldBeLessThan(200);
        broker.Memory.Index.QueuedCount.ShouldBe(0);
    }

    private static Persistence.Jobs.QueuedJob Job(Harness broker) =>
        new()
        {
            Id = JobId.Create(broker.Time),
            TenantId = 1,
            Lane = Lane.Standard,
            Model = "m",
            Fence = 0,
            EstimatedInputTokens = 10,
            EstimatedOutputTokens = 10,
            CreatedAt = broker.Time.GetUtcNow(),
        };
}
