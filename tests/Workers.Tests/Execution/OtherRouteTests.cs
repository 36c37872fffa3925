using InferenceBroker.Domain.Failures;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Workers.Tests.Fakes;
using Shouldly;
using Xunit;
using static InferenceBroker.Workers.Tests.Fakes.FakeCatalogSource;

namespace InferenceBroker.Workers.Tests.Execution;

public sealed class OtherRouteTests
{
    private static readonly ProviderDefinition[] Providers = [Provider("acme"), Provider("big"), Provider("bold")];

    private readonly Bench _bench = new();

    [Fact]
    public async Task A_prompt_that_is_too_long_goes_to_the_route_with_the_larger_context_and_costs_no_attempt()
    {
        Routes(Route("gpt", "acme") with { LargerContext = "long" }, Route("long", "big"));
        _bench.Start(s => s with { AttemptsSpent = 3 });

        await FailAsync(FailureClass.ContextTooLong);

        (_bench.End.Next, _bench.End.Route, _bench.End.CostsAttempt).ShouldBe((JobState.Queued, "long", false));
        (_bench.End.NotBefore, _bench.End.Error).ShouldBe((null, null));
        var requeued = _bench.Hints.Attempts.All.Single().Requeued.ShouldNotBeNull();
        (requeued.Route, requeued.Model, requeued.AttemptsSpent).ShouldBe(("long", "gpt", 3));
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_for_the_only_route_fails()
    {
        Routes(Route("gpt", "acme", "bold"), Route("bold", "bold"));

        await FailAsync(FailureClass.ContextTooLong);

        (_bench.End.Next, _bench.End.Route).ShouldBe((JobState.Failed, null));
        _bench.End.Error!.Code.ShouldBe("context_length_exceeded");
    }

    [Fact]
    public async Task A_route_whose_endpoints_have_all_failed_the_job_takes_nothing_over()
    {
        // A circle of larger contexts: without this it would turn for ever, since it costs no attempt.
        Routes(Route("gpt", "acme") with { LargerContext = "long" }, Route("long", "big") with { LargerContext = "gpt" });
        _bench.Start(s => s with { Route = "long", Tried = ["acme/main/upstream"] });

        await FailAsync(FailureClass.ContextTooLong, "big");

        _bench.End.Next.ShouldBe(JobState.Failed);
    }

    [Fact]
    public async Task A_filtered_prompt_goes_to_the_first_fallback_that_can_serve_it_where_the_route_says_so()
    {
        var weak = Route("weak", "big");
        Routes(
            Route("gpt", "acme", "weak", "bold") with
            {
                FallbackOnContentFilter = true,
            },
            weak with
            {
                Targets = [weak.Targets[0] with { Capabilities = Capabilities.None }],
            },
            Route("bold", "bold")
        );
        _bench.Start(s => s with { Needs = (int)Capabilities.Tools });

        await FailAsync(FailureClass.ContentFiltered);

        (_bench.End.Next, _bench.End.Route, _bench.End.CostsAttempt).ShouldBe((JobState.Queued, "bold", true));
    }

    [Fact]
    public async Task A_filtered_prompt_prefers_the_fallbacks_of_its_request()
    {
        Routes(Route("gpt", "acme", "long") with { FallbackOnContentFilter = true }, Route("long", "big"), Route("bold", "bold"));
        _bench.Start(s => s with { Fallbacks = ["bold"] });

        await FailAsync(FailureClass.ContentFiltered);

        _bench.End.Route.ShouldBe("bold");
    }

    [Fact]
    public async Task A_filtered_prompt_fails_where_the_route_does_not_say_so()
    {
        Routes(Route("gpt", "acme", "bold"), Route("bold", "bold"));

        await FailAsync(FailureClass.ContentFiltered);

        (_bench.End.Next, _bench.End.Route).ShouldBe((JobState.Failed, null));
    }

    [Fact]
    public async Task The_route_that_a_rule_chose_decides_instead_of_the_models()
    {
        Routes(Route("gpt", "acme"), Route("chosen", "acme") with { LargerContext = "long" }, Route("long", "big"));
        _bench.Start(s => s with { Route = "chosen" });

        await FailAsync(FailureClass.ContextTooLong);

        _bench.End.Route.ShouldBe("long");
    }

    [Fact]
    public async Task An_endpoint_that_cannot_serve_the_job_is_no_other_endpoint()
    {
        var target = Route("gpt", "acme").Targets[0];
        Routes(Route("gpt", "acme") with { Targets = [target, target with { Provider = "big", Capabilities = Capabilities.Tools }] });
        _bench.Start(s => s with { Needs = (int)Capabilities.Vision });

        await FailAsync(FailureClass.Transient);

        // Nothing else can take it, so the same endpoint gets it again after a pause.
        _bench.End.NotBefore.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_job_for_a_rules_route_asks_for_that_routes_model_and_pays_its_price()
    {
        var target = Route("chosen", "acme").Targets[0];
        Routes(Route("gpt", "big"), Route("chosen", "acme") with { Targets = [target with { Model = "*", Price = new(1m, 1m) }] });
        _bench.Start(s => s with { Route = "chosen" });

        await _bench.RunAsync(Bench.Order(model: "*"));

        _bench.Client.Calls.All.Single().Model.ShouldBe("chosen");
        _bench.End.CostNanoUsd.ShouldBe(1_500_000);
    }

    private void Routes(params ModelRoute[] routes) =>
        _bench.Catalogs.Current = new Catalog(Providers.ToDictionary(p => p.Name), routes, new JobLimits());

    private Task FailAsync(FailureClass failure, string provider = "acme")
    {
        _bench.Client.Fail(new ProviderFailure(failure, "No."));
        return _bench.RunAsync(provider: provider);
    }
}
