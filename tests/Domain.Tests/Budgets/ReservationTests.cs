using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Tests.Budgets;

public sealed class ReservationTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly BudgetSettings Settings = new(DispatchAhead: 64, BurstFactor: 1);
    private static readonly Spend Spend = new(400, 200, NanoUsd: 50);

    private readonly Budget _tenant = new(BudgetScope.Tenant, "acme");
    private readonly Budget _apiKey = new(BudgetScope.ApiKey, "key-1");
    private readonly EndpointCredit _endpoint;

    public ReservationTests()
    {
        var book = new CreditBook(Settings);
        var key = new ProviderKey("default", 10, 1000, null, 1) { InputTokensPerMinute = 900, OutputTokensPerMinute = 450 };
        var providers = new Dictionary<string, ProviderDefinition> { ["azure-eu"] = new("azure-eu", "simulated", 10, [key]) };
        book.Apply(new Catalog(providers, [], new JobLimits()), Now);
        _endpoint = book.Endpoint("azure-eu/default/m");
    }

    private Account Account => new(_tenant, _apiKey);

    [Fact]
    public void All_limits_are_taken_together()
    {
        Limit(_tenant, new BudgetLimits { TokensPerMinute = 5000, NanoUsdPerDay = 1000 });

        Reservation.TryTake(_endpoint, Account, Spend, Now).ShouldNotBeNull();

        _endpoint.Key.Tokens!.Level(Now).ShouldBe(400);
        _tenant.Tokens!.Level(Now).ShouldBe(4400);
        _tenant.Money!.Today(Now).ShouldBe(50);
        _apiKey.Window.InFlight.ShouldBe(1);
    }

    [Theory]
    [InlineData(BudgetLimit.MoneyPerDay)]
    [InlineData(BudgetLimit.MoneyPerMonth)]
    [InlineData(BudgetLimit.Concurrency)]
    [InlineData(BudgetLimit.TokensPerMinute)]
    [InlineData(BudgetLimit.InputTokensPerMinute)]
    [InlineData(BudgetLimit.OutputTokensPerMinute)]
    [InlineData(BudgetLimit.RequestsPerMinute)]
    public void Where_one_limit_refuses_nothing_is_taken_of_any(BudgetLimit limit)
    {
        Limit(_apiKey, Of(limit, 1.5));
        Reservation.TryTake(_endpoint, Account, Spend, Now.AddMinutes(-2)).ShouldNotBeNull().Settle(null, Now.AddMinutes(-2), Now);
        if (limit == BudgetLimit.Concurrency)
        {
            _apiKey.Window.Enter();
        }

        Limit(_apiKey, Of(limit, 0.5));
        _apiKey.Tokens?.Take(600, null);
        _apiKey.InputTokens?.Take(400, null);
        _apiKey.OutputTokens?.Take(200, null);
        _apiKey.Requests?.Take(1, null);
        var (before, inFlight) = (_endpoint.Key.Tokens!.Level(Now), _endpoint.InFlight);

        Reservation.TryTake(_endpoint, Account, Spend, Now).ShouldBeNull();

        _endpoint.Key.Tokens!.Level(Now).ShouldBe(before);
        _endpoint.InFlight.ShouldBe(inFlight);
        var refusal = Reservation.Refusal(_endpoint, Account, Spend, Now).ShouldNotBeNull();
        (refusal.Scope, refusal.Name, refusal.Limit).ShouldBe((BudgetScope.ApiKey, "key-1", limit));
    }

    [Fact]
    public void A_waiting_job_can_say_why_and_for_how_long()
    {
        Reservation.TryTake(_endpoint, Account, new Spend(800, 100), Now).ShouldNotBeNull().Settle(null, Now, Now);

        var refusal = Reservation.Refusal(_endpoint, Account, new Spend(50, 150), Now.AddSeconds(46)).ShouldNotBeNull();

        refusal.Reason(Now.AddSeconds(46)).ShouldBe("waiting for tokens/min at azure-eu, about 15 s");
    }

    [Fact]
    public void Returning_gives_everything_back()
    {
        Limit(_tenant, new BudgetLimits { TokensPerMinute = 5000, NanoUsdPerDay = 1000 });

        Reservation.TryTake(_endpoint, Account, Spend, Now)!.Value.Return();

        _endpoint.Key.Tokens!.Level(Now).ShouldBe(1000);
        _tenant.Tokens!.Level(Now).ShouldBe(5000);
        _tenant.Money!.Today(Now).ShouldBe(0);
        _tenant.Window.InFlight.ShouldBe(0);
    }

    [Fact]
    public void Settling_counts_what_was_used_from_when_it_began()
    {
        var reservation = Reservation.TryTake(_endpoint, Account, Spend, Now)!.Value;

        reservation.Settle(new Spend(390, 10, 5), startedAt: Now.AddSeconds(2), Now.AddSeconds(5));

        _endpoint.Key.Tokens!.Level(Now.AddSeconds(61)).ShouldBe(600);
        _endpoint.Key.Tokens!.Level(Now.AddSeconds(63)).ShouldBe(1000);
    }

    [Fact]
    public void An_estimate_above_every_limit_is_let_through_once()
    {
        var huge = new Spend(5000, 5000);

        Reservation.TryTake(_endpoint, default, huge, Now).ShouldNotBeNull().Settle(null, Now, Now);

        Reservation.TryTake(_endpoint, default, new Spend(1, 1), Now).ShouldBeNull();
        Reservation.TryTake(_endpoint, default, huge, Now.AddSeconds(61)).ShouldNotBeNull();
    }

    [Fact]
    public void Max_cost_stops_before_the_money_is_spent()
    {
        Reservation.MaxCost("job-1", maxNanoUsd: 100, spent: 50, Spend).ShouldBeNull();
        Reservation.MaxCost("job-1", maxNanoUsd: 99, spent: 50, Spend)!.Value.Limit.ShouldBe(BudgetLimit.MaxCost);
    }

    [Fact]
    public void Provider_headers_lower_the_credit_of_the_key()
    {
        _endpoint.Key.Correct(
            new RateLimitView
            {
                ObservedAt = Now,
                RemainingTokens = 100,
                TokensResetAt = Now.AddSeconds(30),
            },
            Now
        );

        Reservation.TryTake(_endpoint, default, Spend, Now).ShouldBeNull();
        Reservation.TryTake(_endpoint, default, Spend, Now.AddSeconds(31)).ShouldNotBeNull();
    }

    [Fact]
    public void A_large_job_gets_its_turn_among_small_ones()
    {
        var large = new Spend(500, 400);
        var now = Now;
        for (var i = 0; i < 4 * 200; i++)
        {
            now = now.AddMilliseconds(250);
            if (Reservation.TryTake(_endpoint, default, large, now) is not null)
            {
                break;
            }

            _endpoint.Key.Saving.NoteRefused(large, now);
            Reservation.TryTake(_endpoint, default, new Spend(100, 20), now)?.Settle(null, now, now);
        }

        (now - Now).ShouldBeLessThan(TimeSpan.FromSeconds(130));
        _endpoint.InFlight.ShouldBe(1);
    }

    private static void Limit(Budget budget, BudgetLimits limits) => budget.Apply(limits, Settings, Now);

    private static BudgetLimits Of(BudgetLimit limit, double times) =>
        limit switch
        {
            BudgetLimit.MoneyPerDay => new BudgetLimits { NanoUsdPerDay = (long)(50 * times) },
            BudgetLimit.MoneyPerMonth => new BudgetLimits { NanoUsdPerMonth = (long)(50 * times) },
            BudgetLimit.Concurrency => new BudgetLimits { Concurrency = 1 },
            BudgetLimit.TokensPerMinute => new BudgetLimits { TokensPerMinute = 600 * times },
            BudgetLimit.InputTokensPerMinute => new BudgetLimits { InputTokensPerMinute = 400 * times },
            BudgetLimit.OutputTokensPerMinute => new BudgetLimits { OutputTokensPerMinute = 200 * times },
            _ => new BudgetLimits { RequestsPerMinute = times },
        };
}
