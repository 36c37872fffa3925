using InferenceBroker.Contracts.Inquiries;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Inquiries;

public sealed class PlacementReportTests
{
    private static readonly RequestQuestion Request = new()
    {
        TenantId = 1,
        Model = "m",
        EstimatedInputTokens = 50,
        EstimatedOutputTokens = 50,
    };

    [Fact]
    public void A_job_that_waits_for_tokens_says_where_and_about_how_long()
    {
        using var harness = new Harness(new TestCatalog().Provider("azure-eu", tokens: 600).Route("m", ("azure-eu", 1)));
        var jobs = Submit(harness, 8);

        var first = Waiting(harness, jobs[6]);
        first.Reason.ShouldBe("waiting for tokens/min at azure-eu, about 61 s");
        first.Position.ShouldBe(1);
        first.State.ShouldBe("queued");

        var second = Waiting(harness, jobs[7]);
        second.Reason.ShouldBe("waiting for tokens/min at azure-eu, after 1 other");
        second.Position.ShouldBe(2);
    }

    [Fact]
    public void The_eta_follows_from_the_rate_of_the_route_and_not_before_the_limit_ends()
    {
        using var harness = new Harness(new TestCatalog().Provider("a", concurrency: 6).Route("m", ("a", 1)));
        var jobs = Submit(harness, 12);
        harness.Advance(TimeSpan.FromSeconds(2));

        // Six went in the first of three seconds: two a second.
        Waiting(harness, jobs[6]).EtaSeconds.ShouldBe(1);
        Waiting(harness, jobs[11]).EtaSeconds.ShouldBe(3);

        Submit(harness, 1, tenant: 2);
        Waiting(harness, jobs[11]).EtaSeconds.ShouldBe(6);

        harness.Advance(TimeSpan.FromMinutes(2));
        Waiting(harness, jobs[11]).EtaSeconds.ShouldBeNull();
    }

    [Fact]
    public void A_job_that_waits_for_a_call_to_end_says_so()
    {
        using var harness = new Harness(new TestCatalog().Provider("openai", concurrency: 1).Route("m", ("openai", 1)));
        var jobs = Submit(harness, 2);

        Waiting(harness, jobs[1]).Reason.ShouldBe("waiting for a free call at openai");
        Waiting(harness, jobs[0]).State.ShouldBe("in_flight");
    }

    [Fact]
    public void The_limit_that_ends_first_is_named()
    {
        using var harness = new Harness(new TestCatalog().Route("m", ("slow", 1), ("quick", 1)));
        harness.Memory.RefreshCatalog(harness.Time.GetUtcNow());
        harness.Memory.Credits.Find("slow/default/m")!.Close(harness.Time.GetUtcNow().AddSeconds(60));
        harness.Memory.Credits.Find("quick/default/m")!.Close(harness.Time.GetUtcNow().AddSeconds(30));

        Waiting(harness, Submit(harness, 1)[0]).Reason.ShouldBe("waiting for quick/default/m, which asked to be left alone, about 30 s");
    }

    [Fact]
    public void A_closed_gate_is_named()
    {
        using var harness = new Harness(new TestCatalog().Route("m", ("a", 1)));
        harness.Memory.RefreshCatalog(harness.Time.GetUtcNow());
        harness.Memory.Credits.Find("a/default/m")!.Close(harness.Time.GetUtcNow().AddSeconds(30));

        Waiting(harness, Submit(harness, 1)[0]).Reason.ShouldBe("waiting for a/default/m, which asked to be left alone, about 30 s");
    }

    [Fact]
    public void A_job_that_no_target_can_serve_says_what_it_needs()
    {
        var target = new Target("a", "m", 1, default(TokenPrice)) { Capabilities = Capabilities.Tools };
        using var harness = new Harness(new TestCatalog().Route(new ModelRoute("m", RoutingPolicies.Weighted, [target], [])));
        var job = harness.Submit(with: j => j with { Needs = (int)Capabilities.Vision });
        harness.Pump();

        Waiting(harness, job).Reason.ShouldBe("no target can serve it: needs vision");
        harness.Report.ExplainJob(job.Id.Value, harness.Time.GetUtcNow()).Routes[0].Candidates[0].Reason.ShouldBe("needs vision");
    }

    [Fact]
    public void A_job_that_the_memory_does_not_hold_is_left_out()
    {
        using var harness = new Harness(new TestCatalog().Route("m", ("a", 1)));

        harness.Report.Waiting([Guid.CreateVersion7()], harness.Time.GetUtcNow()).Jobs.ShouldBeEmpty();
        harness.Report.ExplainJob(Guid.CreateVersion7(), harness.Time.GetUtcNow()).Job.ShouldBeNull();
    }

    [Fact]
    public void A_dispatched_job_shows_the_values_of_its_decision()
    {
        var catalog = new TestCatalog().Provider("a", concurrency: 10).Provider("b", concurrency: 1);
        var able = new Target("a", "m", 1, default(TokenPrice));
        catalog.Route(new ModelRoute("m", RoutingPolicies.LeastBusy, [able, new Target("b", "m", 1, default(TokenPrice))], []));
        using var harness = new Harness(catalog);
        var jobs = Submit(harness, 4);

        var decision = Explain(harness, jobs[3]).Decisions.ShouldHaveSingleItem();

        decision.Fence.ShouldBe(jobs[3].Fence + 1);
        decision.Policy.ShouldBe("least-busy");
        var (a, b) = (decision.Candidates[0], decision.Candidates[1]);
        a.Picked.ShouldBeTrue();
        a.InFlight.ShouldBe(2);
        a.Limit.ShouldBe(10);
        a.Score!.Utilisation.ShouldBe(0.2);
        b.Picked.ShouldBeFalse();
        b.Credit.ShouldBeFalse();
        b.Reason.ShouldBe("no credit");
        b.Score.ShouldBeNull();
    }

    [Fact]
    public void A_waiting_job_shows_its_candidates_as_they_stand_now()
    {
        using var harness = new Harness(new TestCatalog().Provider("a", concurrency: 1).Route("m", ("a", 7)));
        var jobs = Submit(harness, 2);

        var route = Explain(harness, jobs[1]).Routes.ShouldHaveSingleItem();

        route.InUse.ShouldBeTrue();
        var candidate = route.Candidates.ShouldHaveSingleItem();
        candidate.InFlight.ShouldBe(1);
        candidate.Weight.ShouldBe(7);
        candidate.Reason.ShouldBe("waiting for a free call at a");
    }

    [Theory]
    [InlineData(RoutingPolicies.Weighted)]
    [InlineData(RoutingPolicies.RoundRobin)]
    [InlineData(RoutingPolicies.Cost)]
    [InlineData(RoutingPolicies.LeastBusy)]
    public void Dry_runs_change_no_decision(string policy)
    {
        PlacedWith(policy, dryRuns: 100).ShouldBe(PlacedWith(policy, dryRuns: 0));
    }

    [Fact]
    public void A_hundred_dry_runs_do_not_shift_60_30_10()
    {
        var placed = PlacedWith(RoutingPolicies.Weighted, dryRuns: 100);

        placed.Count(p => p == "a").ShouldBe(60);
        placed.Count(p => p == "b").ShouldBe(30);
        placed.Count(p => p == "c").ShouldBe(10);
    }

    [Fact]
    public void A_dry_run_reserves_nothing_and_says_what_would_be_picked()
    {
        using var harness = new Harness(new TestCatalog().Provider("a", concurrency: 1, tokens: 1000).Route("m", ("a", 1)));
        harness.Memory.RefreshCatalog(harness.Time.GetUtcNow());

        for (var i = 0; i < 20; i++)
        {
            var placement = harness.Report.ExplainRequest(Request, harness.Time.GetUtcNow());
            placement.Endpoint.ShouldBe("a/default/m");
            placement.Reason.ShouldBeNull();
            placement.Routes[0].Candidates[0].Picked.ShouldBeTrue();
        }

        var state = harness.Report.Endpoints(harness.Time.GetUtcNow()).Endpoints.ShouldHaveSingleItem();
        state.InFlight.ShouldBe(0);
        state.TokensLeft.ShouldBe(1000);
        state.TokensPerMinute.ShouldBe(1000);
        state.ProviderLimit.ShouldBe(1);
    }

    [Fact]
    public void A_dry_run_of_an_unknown_model_says_so()
    {
        using var harness = new Harness(new TestCatalog().Route("m", ("a", 1)));
        harness.Memory.RefreshCatalog(harness.Time.GetUtcNow());

        var placement = harness.Report.ExplainRequest(Request with { Model = "other" }, harness.Time.GetUtcNow());

        placement.Reason.ShouldBe("no target is configured for 'other'");
        placement.Endpoint.ShouldBeNull();
    }

    private static List<string> PlacedWith(string policy, int dryRuns)
    {
        Target[] targets = [Target("a", 60), Target("b", 30), Target("c", 10)];
        using var harness = new Harness(new TestCatalog().Route(new ModelRoute("m", policy, targets, [])));
        for (var i = 0; i < 100; i++)
        {
            for (var run = 0; run < dryRuns / 100; run++)
            {
                harness.Memory.RefreshCatalog(harness.Time.GetUtcNow());
                harness.Report.ExplainRequest(Request, harness.Time.GetUtcNow()).Endpoint.ShouldNotBeNull();
            }

            Submit(harness, 1);
        }

        return [.. harness.Providers];
    }

    private static Target Target(string provider, int weight) => new(provider, "m", weight, default(TokenPrice));

    private static List<QueuedJob> Submit(Harness harness, int count, int tenant = 1)
    {
        var jobs = Enumerable.Range(0, count).Select(_ => harness.Submit(tenant: tenant)).ToList();
        harness.Pump();
        return jobs;
    }

    private static WaitingJob Waiting(Harness harness, QueuedJob job) =>
        harness.Report.Waiting([job.Id.Value], harness.Time.GetUtcNow()).Jobs.ShouldHaveSingleItem();

    private static JobPlacement Explain(Harness harness, QueuedJob job) =>
        harness.Report.ExplainJob(job.Id.Value, harness.Time.GetUtcNow());
}
