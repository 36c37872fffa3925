using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Leadership;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Recovery;

public sealed class SweeperTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TestCatalog _catalog = new TestCatalog().Provider("a", concurrency: 4).Route("m", ("a", 1));

    [Fact]
    public async Task A_lost_hint_is_found_by_the_second_sweep()
    {
        using var broker = new Harness(_catalog);
        broker.StoreSilently();

        await SweepAsync(broker, 2);

        broker.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Lost_hints_are_found_while_other_jobs_wait()
    {
        using var broker = new Harness(_catalog.Provider("full", concurrency: 0).Route("stuck", ("full", 1)));
        for (var i = 0; i < 50; i++)
        {
            broker.Submit("stuck");
        }

        broker.StoreSilently("m");
        await SweepAsync(broker, 3);

        broker.Providers.ShouldBe(["a"]);
    }

    [Fact]
    public async Task Cancelled_jobs_that_never_get_credit_leave_the_index()
    {
        using var broker = new Harness(_catalog.Provider("full", concurrency: 0).Route("stuck", ("full", 1)));
        var jobs = Enumerable.Range(0, 10).Select(_ => broker.Submit("stuck")).ToList();
        broker.Pump();
        jobs.Take(4).ToList().ForEach(j => broker.Store.Rows[j.Id].State = JobState.Cancelled);

        await SweepAsync(broker, 2);

        broker.Memory.Index.QueuedCount.ShouldBe(6);
    }

    [Fact]
    public async Task Where_memory_and_database_agree_the_queue_is_not_read()
    {
        using var broker = new Harness(_catalog.Provider("full", concurrency: 0).Route("stuck", ("full", 1)));
        for (var i = 0; i < 50; i++)
        {
            broker.Submit("stuck");
        }

        broker.Pump();
        await SweepAsync(broker, 1);
        var before = broker.Store.PagesRead.Count;
        await SweepAsync(broker, 20);

        (broker.Store.PagesRead.Count - before).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_job_whose_end_was_lost_gives_its_credit_back_after_two_reads()
    {
        using var broker = await RunningAsync(jobs: 4);
        broker.Store.Rows[new JobId(broker.Sent[0].JobId)].State = JobState.Completed;
        broker.Submit();
        broker.Pump();
        broker.Sent.Count.ShouldBe(4);

        await SweepAsync(broker, 2);

        broker.Sent.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_job_that_was_requeued_without_a_word_is_dispatched_again()
    {
        using var broker = await RunningAsync(jobs: 1);
        broker.Store.StoredAgain(broker.Sent[0].JobId);

        await SweepAsync(broker, 3);

        broker.Sent.Count.ShouldBe(2);
        broker.Sent[1].Fence.ShouldBe(3);
    }

    [Fact]
    public async Task A_dispatched_job_that_nobody_takes_is_sent_again_with_its_fence_and_ever_more_rarely()
    {
        using var broker = await RunningAsync(jobs: 1);
        var sent = new List<int>();
        for (var second = 1; second <= 40; second++)
        {
            var before = broker.Sent.Count;
            await SweepAsync(broker, 1);
            if (broker.Sent.Count > before)
            {
                sent.Add(second);
            }
        }

        sent.ShouldBe([5, 15, 35]);
        broker.Sent.ShouldAllBe(s => s.Fence == 1);
    }

    [Fact]
    public async Task A_running_job_is_not_sent_again()
    {
        using var broker = await RunningAsync(jobs: 1);
        broker.Store.Rows[new JobId(broker.Sent[0].JobId)].State = JobState.Running;

        await SweepAsync(broker, 20);

        broker.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stored_claim_without_an_answer_is_adopted_and_sent()
    {
        using var broker = new Harness(_catalog);
        var job = broker.StoreSilently();
        var row = broker.Store.Rows[job.Id];
        (row.State, row.Fence, row.Endpoint, row.DispatchedAt) = (JobState.Dispatched, 1, "a/default/m", broker.Time.GetUtcNow());

        await SweepAsync(broker, 6);

        broker.Sent.ShouldHaveSingleItem().Fence.ShouldBe(1);
        broker.Memory.Credits.Endpoint("a/default/m").InFlight.ShouldBe(1);
    }

    [Fact]
    public async Task Expired_jobs_leave_the_index_and_are_announced()
    {
        using var broker = new Harness(_catalog.Provider("full", concurrency: 0).Route("stuck", ("full", 1)));
        var job = broker.Submit("stuck", with: j => j with { Deadline = broker.Time.GetUtcNow() + Second });
        broker.Pump();

        var counts = await SweepAsync(broker, 1);

        counts.Expired.ShouldBe(1);
        broker.Hints.Ended.ShouldBe([job.Id.Value]);
        broker.Memory.Index.QueuedCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_dispatched_job_that_expires_returns_its_whole_reservation()
    {
        using var broker = await RunningAsync(jobs: 0);
        broker.Submit(with: j => j with { Deadline = broker.Time.GetUtcNow() + Second });
        broker.Pump();
        broker.Memory.Credits.Endpoint("a/default/m").InFlight.ShouldBe(1);

        await SweepAsync(broker, 2);

        broker.Memory.Credits.Endpoint("a/default/m").InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task A_recovered_job_is_dispatched_again_at_once()
    {
        using var broker = await RunningAsync(jobs: 1);
        var requeued = broker.Store.StoredAgain(broker.Sent[0].JobId);
        broker.Store.ToRecover.Add(new SweptJob(requeued.Id, JobState.Queued, "a/default/m", requeued));

        var counts = await SweepAsync(broker, 1);

        counts.Recovered.ShouldBe(1);
        broker.Sent[1].Fence.ShouldBe(3);
        broker.Hints.Changed.ShouldBe([requeued.Id.Value]);
        broker.Memory.Credits.Endpoint("a/default/m").InFlight.ShouldBe(1);
    }

    [Fact]
    public async Task A_step_that_fails_does_not_keep_the_others_from_their_work()
    {
        using var broker = new Harness(_catalog);
        broker.Store.ReadFailure = new IOException("The database is away.");
        var requeued = broker.StoreSilently();
        broker.Store.ToRecover.Add(new SweptJob(requeued.Id, JobState.Queued, Endpoint: null, requeued));

        var counts = await SweepAsync(broker, 1);

        (counts.Failed, counts.Recovered).ShouldBe((3, 1));
    }

    [Fact]
    public async Task A_sweep_of_an_old_term_stops_the_leader()
    {
        using var broker = new Harness(_catalog);
        broker.Store.CurrentTerm = 2;

        await Should.ThrowAsync<TermOverException>(broker.SweepAsync());
    }

    [Fact]
    public void A_claim_of_an_old_term_stops_the_leader_and_sends_nothing()
    {
        using var broker = new Harness(_catalog);
        broker.Store.CurrentTerm = 2;
        broker.Submit();

        Should.Throw<TermOverException>(broker.Pump);

        broker.Sent.ShouldBeEmpty();
    }

    private static async Task<Scheduler.Recovery.SweepCounts> SweepAsync(Harness broker, int seconds)
    {
        var counts = new Scheduler.Recovery.SweepCounts(0, 0, 0, 0);
        for (var i = 0; i < seconds; i++)
        {
            broker.Advance(Second);
            counts = await broker.SweepAsync();
        }

        return counts;
    }

    private Task<Harness> RunningAsync(int jobs)
    {
        var broker = new Harness(_catalog);
        for (var i = 0; i < jobs; i++)
        {
            broker.Submit();
        }

        broker.Pump();
        broker.Sent.Count.ShouldBe(jobs);
        return Task.FromResult(broker);
    }
}
