using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Fairness;
using InferenceBroker.Domain.Health;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Scheduler.Admission;
using InferenceBroker.Scheduler.Dispatch;
using InferenceBroker.Scheduler.Inquiries;
using InferenceBroker.Scheduler.Tests.Fakes;

namespace InferenceBroker.Scheduler.Tests.Dispatch;

public sealed class EndpointChooserTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly Target Able = Target("able");
    private static readonly Target Plain = Target("plain", weight: 1000) with { Capabilities = Capabilities.None, ContextTokens = 1000 };

    private readonly TestCatalog _catalog = new();
    private readonly Random _random = new(3);
    private readonly HealthBook _health = new(HealthSettings.Default);
    private readonly CreditBook _credits = new(new BudgetSettings(DispatchAhead: 0, BurstFactor: 1));
    private RouteTable? _routes;
    private EndpointChooser? _chooser;

    [Theory]
    [InlineData(Capabilities.Tools)]
    [InlineData(Capabilities.Vision)]
    [InlineData(Capabilities.JsonSchema)]
    public void A_target_that_lacks_a_capability_is_never_picked(Capabilities needed)
    {
        Apply(Route("m", Plain, Able));

        Picks(100, () => Job("m", capabilities: needed)).ShouldBe(["able"]);
    }

    [Fact]
    public void A_job_that_needs_nothing_goes_anywhere()
    {
        Apply(Route("m", Plain with { Weight = 1 }, Able));

        Picks(10, () => Job("m")).ShouldBe(["able", "plain"], ignoreOrder: true);
    }

    [Fact]
    public void The_largest_answer_that_is_allowed_has_to_fit_too()
    {
        Apply(Route("m", Plain, Able));

        Picks(20, () => Job("m", input: 500, maxOutput: 600)).ShouldBe(["able"]);
        Pick(Job("m", input: 500, maxOutput: 500)).ShouldBe("plain");
    }

    [Fact]
    public void A_job_that_asks_for_a_region_goes_there()
    {
        Apply(Route("m", Able with { Region = "us", Weight = 1000 }, Plain with { Region = "eu", Weight = 1 }));

        Picks(100, () => Job("m", placement: new PlacementNeeds("eu", []))).ShouldBe(["plain"]);
    }

    [Fact]
    public void A_job_that_its_route_cannot_serve_goes_to_a_fallback_that_can_though_the_route_has_credit()
    {
        Apply(Route("m", Plain) with { Fallbacks = ["other", "better"] }, Route("other", Plain), Route("better", Able));

        Pick(Job("m", capabilities: Capabilities.Tools)).ShouldBe("able");
        Pick(Job("m")).ShouldBe("plain");
    }

    [Fact]
    public void A_job_that_is_too_long_goes_to_the_route_for_larger_contexts_first()
    {
        Apply(
            Route("m", Plain) with
            {
                LargerContext = "long",
                Fallbacks = ["other"],
            },
            Route("other", Target("other")),
            Route("long", Able)
        );

        Pick(Job("m", input: 5000)).ShouldBe("able");
        Pick(Job("m", input: 5000, fallbacks: ["other"])).ShouldBe("able");
        Pick(Job("m", capabilities: Capabilities.Tools)).ShouldBe("other");
    }

    [Fact]
    public void A_job_waits_for_the_one_target_that_can_serve_it()
    {
        _catalog.Provider("able", concurrency: 0);
        Apply(Route("m", Plain, Able) with { Fallbacks = ["other"] }, Route("other", Target("other")));

        Choose(Job("m", capabilities: Capabilities.Tools), out var endpoint).ShouldBe(Choice.NoCredit);
        endpoint.ShouldBeNull();
    }

    [Fact]
    public void A_job_that_nobody_can_serve_is_told_apart_from_one_that_waits_for_credit()
    {
        Apply(Route("m", Plain) with { Fallbacks = ["other"] }, Route("other", Plain));

        Choose(Job("m", capabilities: Capabilities.Tools), out _).ShouldBe(Choice.NoTarget);
        Choose(Job("m", input: 1001), out _).ShouldBe(Choice.NoTarget);
        Choose(Job("unknown"), out _).ShouldBe(Choice.NoCredit);
    }

    [Fact]
    public void Once_all_that_can_serve_it_failed_they_are_tried_again()
    {
        Apply(Route("m", Plain, Able));
        var able = _credits.Endpoint(new EndpointId("able", "default", "m"));

        Picks(20, () => Job("m", capabilities: Capabilities.Tools, tried: [able])).ShouldBe(["able"]);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Every_policy_places_jobs_within_the_credit(string policy)
    {
        _catalog.Provider("a", concurrency: 5).Provider("b", concurrency: 15);
        Apply(Route("m", Target("a"), Target("b")) with { Policy = policy });

        for (var i = 0; i < 20; i++)
        {
            Choose(Job("m"), out var chosen).ShouldBe(Choice.Picked);
            chosen!.Endpoint.Reserve(tokens: 1);
        }

        Choose(Job("m"), out _).ShouldBe(Choice.NoCredit);
        _credits.Find("a/default/m")!.InFlight.ShouldBe(5);
    }

    [Fact]
    public void Measures_of_the_endpoint_reach_the_policy()
    {
        _health
            .Endpoint(new EndpointId("a", "default", "m"))
            .Record(
                new EndedCall
                {
                    Failure = FailureClass.None,
                    StartedAt = Now.AddSeconds(-60),
                    EndedAt = Now,
                    FirstToken = TimeSpan.FromSeconds(60),
                },
                random: 0
            );
        Apply(Route("m", Target("a"), Target("b")) with { Policy = RoutingPolicies.Latency });

        Enumerable.Range(0, 100).Count(_ => Pick(Job("m")) == "b").ShouldBeGreaterThan(85);
    }

    [Fact]
    public void With_affinity_a_job_follows_the_last_one_like_it_until_that_endpoint_is_too_busy()
    {
        Apply(Route("m", Target("a"), Target("b"), Target("c")) with { AffinityMargin = 2, Policy = RoutingPolicies.LeastBusy });
        var first = Pick(Job("m", affinity: 42));

        Picks(20, () => Job("m", affinity: 42)).ShouldBe([first]);
        Picks(20, () => Job("m", affinity: 0)).Count.ShouldBe(3);

        var busy = _credits.Find($"{first}/default/m")!;
        Enumerable.Range(0, 3).ToList().ForEach(_ => busy.Reserve(tokens: 1));
        Pick(Job("m", affinity: 42)).ShouldNotBe(first);
    }

    [Fact]
    public void Without_affinity_jobs_with_one_prompt_are_spread()
    {
        Apply(Route("m", Target("a"), Target("b"), Target("c")));

        Picks(20, () => Job("m", affinity: 42)).Count.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_choice_among_twenty_allocates_nothing(string policy)
    {
        Apply(Route("m", [.. Enumerable.Range(0, 20).Select(i => Target($"p{i}"))]) with { Policy = policy, AffinityMargin = 1 });
        var job = Job("m", capabilities: Capabilities.Tools, affinity: 5);

        // The runtime itself allocates a little while it replaces code that has just become hot: what counts is that a round without it exists.
        Enumerable.Range(0, 10).Min(_ => AllocatedBy(500, job)).ShouldBe(0);
    }

    private long AllocatedBy(int choices, IndexedJob job)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < choices; i++)
        {
            _chooser!.Choose(job, job.Estimate, round: 1, Now, out _);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    public static TheoryData<string> Policies() => [.. RoutingPolicies.All];

    private void Apply(params ModelRoute[] routes)
    {
        foreach (var route in routes)
        {
            _catalog.Route(route);
        }

        _routes = new RouteTable(_credits, new RoutingPolicyLookup(RoutingPolicyLookup.BuiltIn), _health);
        _routes.Apply(_catalog.Current, Now);
        _chooser = new EndpointChooser(_routes, new LaneDemand(), new DecisionLog(), _random.NextDouble);
    }

    private Choice Choose(IndexedJob job, out Domain.Routing.Candidate? chosen) =>
        _chooser!.Choose(job, job.Estimate, round: 1, Now, out chosen);

    private string Pick(IndexedJob job)
    {
        Choose(job, out var chosen).ShouldBe(Choice.Picked);
        return chosen!.Endpoint.Id.Provider;
    }

    private IReadOnlyList<string> Picks(int times, Func<IndexedJob> job) =>
        [.. Enumerable.Range(0, times).Select(_ => Pick(job())).Distinct()];

    private IndexedJob Job(
        string model,
        int input = 10,
        int maxOutput = 10,
        Capabilities capabilities = Capabilities.None,
        PlacementNeeds? placement = null,
        long affinity = 0,
        IReadOnlyList<string>? fallbacks = null,
        EndpointCredit[]? tried = null
    ) =>
        new(Guid.CreateVersion7(Now), Group(), _routes!.ModelOf(model))
        {
            InputTokens = input,
            MaxOutputTokens = maxOutput,
            Capabilities = capabilities,
            Wishes = JobWishes.Of(fallbacks ?? [], placement, affinity, tried, maxNanoUsd: null, spentNanoUsd: 0),
        };

    private static JobGroup Group() => new(new TenantState(1, []).LaneOf(Lane.Standard), apiKeyId: 1, batchHash: 0);

    private static ModelRoute Route(string name, params Target[] targets) => new(name, RoutingPolicies.Weighted, targets, []);

    private static Target Target(string provider, int weight = 1) => new(provider, "m", weight, default(TokenPrice));
}
