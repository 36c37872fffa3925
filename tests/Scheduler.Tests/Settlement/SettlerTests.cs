using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Settlement;

public sealed class SettlerTests
{
    private readonly TestCatalog _catalog = new TestCatalog().Provider("a", concurrency: 2, tokens: 10_000).Route("m", ("a", 1));

    [Fact]
    public void A_repeated_end_gives_credit_back_once()
    {
        using var broker = Running(_catalog, jobs: 2);
        var ended = broker.End(broker.Sent[0]);

        broker.Tell(ended, ended);
        broker.Pump();

        InFlight(broker).ShouldBe(1);
    }

    [Fact]
    public void A_late_end_of_an_earlier_attempt_leaves_the_current_one_alone()
    {
        using var broker = Running(_catalog, jobs: 1);
        var first = broker.End(broker.Sent[0], FailureClass.RateLimited, with: e => e with { RetryAfterMs = 0 });
        broker.Tell(first);
        broker.Pump();
        broker.Sent.Count.ShouldBe(2);

        broker.Tell(first);
        broker.Pump();

        InFlight(broker).ShouldBe(1);
        broker.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public void Known_usage_replaces_the_reservation()
    {
        using var broker = Running(_catalog, jobs: 1);

        broker.Tell(broker.End(broker.Sent[0], with: e => e with { InputTokens = 10, OutputTokens = 20 }));
        broker.Pump();

        TokensLeft(broker).ShouldBe(9_970, tolerance: 1);
    }

    [Fact]
    public void Unknown_usage_keeps_the_reservation()
    {
        using var broker = Running(_catalog, jobs: 1);

        broker.Tell(broker.End(broker.Sent[0]));
        broker.Pump();

        TokensLeft(broker).ShouldBe(9_900, tolerance: 1);
    }

    [Theory]
    [InlineData(FailureClass.HandedBack, 10_000)]
    [InlineData(FailureClass.CallerFault, 10_000)]
    [InlineData(FailureClass.Cancelled, 9_900)]
    public void A_call_that_did_not_reach_a_model_returns_its_tokens(FailureClass failure, int left)
    {
        using var broker = Running(_catalog, jobs: 1);

        broker.Tell(broker.End(broker.Sent[0], failure, with: e => e with { Requeued = null }));
        broker.Pump();

        TokensLeft(broker).ShouldBe(left, tolerance: 1);
    }

    [Fact]
    public void A_requeued_hint_whose_end_was_lost_releases_the_old_attempt()
    {
        using var broker = Running(_catalog, jobs: 1);
        var requeued = broker.Store.StoredAgain(broker.Sent[0].JobId);

        broker.Tell(requeued);
        broker.Pump();

        broker.Sent.Count.ShouldBe(2);
        InFlight(broker).ShouldBe(1);
    }

    [Fact]
    public void A_swept_job_that_ended_gives_its_credit_back()
    {
        using var broker = Running(_catalog, jobs: 1);
        broker.Memory.Settler.Swept(
            new SweptJob(new JobId(broker.Sent[0].JobId), JobState.Failed, "a/default/m", Requeued: null),
            broker.Time.GetUtcNow()
        );

        InFlight(broker).ShouldBe(0);
        broker.Memory.Index.InFlightCount.ShouldBe(0);
    }

    private static Harness Running(TestCatalog catalog, int jobs)
    {
        var broker = new Harness(catalog);
        for (var i = 0; i < jobs; i++)
        {
            broker.Submit();
        }

        broker.Pump();
        broker.Sent.Count.ShouldBe(jobs);
        return broker;
    }

    private static int InFlight(Harness broker) => broker.Memory.Credits.Endpoint("a/default/m").InFlight;

    private static double TokensLeft(Harness broker) =>
        broker.Memory.Credits.Endpoint("a/default/m").Key.Tokens!.Level(broker.Time.GetUtcNow());
}
