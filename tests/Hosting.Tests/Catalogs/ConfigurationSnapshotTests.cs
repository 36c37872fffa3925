using InferenceBroker.Hosting.Catalogs;
using InferenceBroker.Hosting.Tests.Configuration;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Catalogs;

public sealed class ConfigurationSnapshotTests
{
    private static string Json(string provider, string url, params string[] keys) =>
        $$"""
            { "providers": { "{{provider}}": { "kind": "openai", "baseUrl": "{{url}}",
                "keys": [ {{string.Join(", ", keys.Select(k => $$"""{ "name": "{{k}}", "value": "secret-{{k}}" }"""))}} ] } },
              "models": { "*": { "targets": [ { "provider": "{{provider}}" } ] } } }
            """;

    private static ConfigurationSnapshot First(string json) => ConfigurationSnapshot.First(Loading.Load(json));

    [Fact]
    public void A_connection_that_did_not_change_is_the_same_object()
    {
        var first = First(Json("a", "http://one/v1", "k"));

        first.Next(Loading.Load(Json("a", "http://one/v1", "k"))).FindConnection("a").ShouldBeSameAs(first.FindConnection("a"));
    }

    [Fact]
    public void A_provider_that_vanished_is_still_reachable_but_not_in_the_catalog()
    {
        var first = First(Json("a", "http://one/v1", "k"));
        var third = first.Next(Loading.Load(Json("b", "http://two/v1", "k"))).Next(Loading.Load(Json("c", "http://two/v1", "k")));

        third.FindConnection("a").ShouldBeSameAs(first.FindConnection("a"));
        third.FindConnection("b").ShouldNotBeNull();
        third.Catalog.Providers.Keys.ShouldBe(["c"]);
    }

    [Fact]
    public void A_key_that_vanished_keeps_its_secret_for_jobs_on_their_way()
    {
        var next = First(Json("a", "http://one/v1", "old")).Next(Loading.Load(Json("a", "http://one/v1", "new")));

        next.FindConnection("a")!
            .Secrets.ShouldBe(new Dictionary<string, string> { ["old"] = "secret-old", ["new"] = "secret-new" }, ignoreOrder: true);
        next.Catalog.Providers["a"].Keys.ShouldHaveSingleItem().Name.ShouldBe("new");
    }

    [Fact]
    public void A_secret_is_not_carried_over_to_another_address()
    {
        var next = First(Json("a", "http://one/v1", "old")).Next(Loading.Load(Json("a", "http://two/v1", "new")));

        next.FindConnection("a")!.Secrets.Keys.ShouldBe(["new"]);
    }
}
