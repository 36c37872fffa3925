using InferenceBroker.Domain.Budgets;
using InferenceBroker.Domain.Routing;
using Microsoft.Extensions.Time.Testing;

namespace InferenceBroker.Domain.Tests.Budgets;

public sealed class EndpointCreditTests
{
    private readonly FakeTimeProvider _time = new();

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public void The_window_is_the_concurrency_and_as_much_ahead()
    {
        var endpoint = Endpoint(concurrency: 2);

        Fill(endpoint, tokens: 1).ShouldBe(4);
    }

    [Fact]
    public void The_keys_concurrency_is_never_exceeded() => Fill(Endpoint(concurrency: 10, keyConcurrency: 3), tokens: 1).ShouldBe(3);

    [Fact]
    public void Requests_per_minute_are_held() => Fill(Endpoint(requests: 5), tokens: 1).ShouldBe(5);

    [Fact]
    public void Tokens_per_minute_are_held() => Fill(Endpoint(tokens: 1000), tokens: 300).ShouldBe(3);

    [Fact]
    public void Where_one_limit_has_no_room_nothing_is_taken_of_the_others()
    {
        var endpoint = Endpoint(requests: 5, tokens: 100);
        endpoint.Reserve(80);

        endpoint.Has(50, Now).ShouldBeFalse();

        endpoint.Key.Requests!.Level(Now).ShouldBe(4);
    }

    [Fact]
    public void Settling_returns_what_was_not_used()
    {
        var endpoint = Endpoint(tokens: 1000);
        endpoint.Reserve(800);

        endpoint.Settle(reserved: 800, used: 100);

        endpoint.Key.Tokens!.Level(Now).ShouldBe(900);
        endpoint.InFlight.ShouldBe(0);
    }

    [Fact]
    public void More_use_than_reserved_is_owed()
    {
        var endpoint = Endpoint(tokens: 1000);
        endpoint.Reserve(100);

        endpoint.Settle(reserved: 100, used: 1500);

        endpoint.Key.Tokens!.Level(Now).ShouldBe(-500);
    }

    [Fact]
    public void Unknown_use_keeps_the_reservation()
    {
        var endpoint = Endpoint(tokens: 1000);
        endpoint.Reserve(800);

        endpoint.Settle(reserved: 800, used: null);

        endpoint.Key.Tokens!.Level(Now).ShouldBe(200);
    }

    [Fact]
    public void An_attempt_that_never_started_returns_everything()
    {
        var endpoint = Endpoint(requests: 5, tokens: 1000);
        endpoint.Reserve(800);

        endpoint.Cancel(800);

        endpoint.Key.Tokens!.Level(Now).ShouldBe(1000);
        endpoint.Key.Requests!.Level(Now).ShouldBe(5);
        endpoint.Provider.Window.InFlight.ShouldBe(0);
    }

    [Fact]
    public void A_closed_gate_opens_at_its_time_and_the_longer_closure_stands()
    {
        var endpoint = Endpoint();
        endpoint.Close(Now + TimeSpan.FromSeconds(10));
        endpoint.Close(Now + TimeSpan.FromSeconds(2));

        _time.Advance(TimeSpan.FromSeconds(9));
        endpoint.Has(1, Now).ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(1));
        endpoint.Has(1, Now).ShouldBeTrue();
    }

    [Fact]
    public void Models_of_a_key_share_its_limits()
    {
        var book = Book(10, new ProviderKey("default", null, 100, null, 1));
        book.Endpoint(new EndpointId("p", "default", "a")).Reserve(80);

        book.Endpoint(new EndpointId("p", "default", "b")).Has(50, Now).ShouldBeFalse();
    }

    [Fact]
    public void A_new_catalog_changes_limits_and_keeps_what_is_in_flight()
    {
        var book = Book(2, new ProviderKey("default", null, null, null, 1));
        var endpoint = book.Endpoint("p/default/m");
        Fill(endpoint, tokens: 1);

        book.Apply(CatalogOf(3, new ProviderKey("default", null, null, null, 1)), Now);

        book.Endpoint("p/default/m").ShouldBeSameAs(endpoint);
        Fill(endpoint, tokens: 1).ShouldBe(2);
    }

    private int Fill(EndpointCredit endpoint, int tokens)
    {
        var taken = 0;
        while (endpoint.Has(tokens, Now))
        {
            endpoint.Reserve(tokens);
            taken++;
        }

        return taken;
    }

    private EndpointCredit Endpoint(int concurrency = 1000, int? keyConcurrency = null, int? requests = null, int? tokens = null) =>
        Book(concurrency, new ProviderKey("default", requests, tokens, keyConcurrency, 1)).Endpoint("p/default/m");

    private CreditBook Book(int concurrency, ProviderKey key)
    {
        var book = new CreditBook(new BudgetSettings(DispatchAhead: 64, BurstFactor: 1));
        book.Apply(CatalogOf(concurrency, key), Now);
        return book;
    }

    private static Catalog CatalogOf(int concurrency, ProviderKey key) =>
        new(new Dictionary<string, ProviderDefinition> { ["p"] = new("p", "simulated", concurrency, [key]) }, [], new JobLimits());
}
