using Shouldly;
using Xunit;
using static InferenceBroker.Hosting.Tests.Configuration.Loading;

namespace InferenceBroker.Hosting.Tests.Configuration;

public sealed class FallbackCirclesTests
{
    [Fact]
    public void A_circle_of_fallbacks_is_reported_once() =>
        Faults(Models(("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")))
            .ShouldHaveSingleItem()
            .ShouldBe("models.a.fallbacks: a → b → c → a is a circle");

    [Fact]
    public void A_model_that_falls_back_to_itself_is_a_circle() =>
        Faults(Models(("a", "a"))).ShouldHaveSingleItem().ShouldBe("models.a.fallbacks: a → a is a circle");

    [Fact]
    public void The_route_for_larger_contexts_counts_as_a_way() =>
        Faults(
                """
                { "providers": { "sim": { "kind": "simulated" } },
                  "models": { "a": { "targets": [ { "provider": "sim" } ], "largerContext": "b" },
                              "b": { "targets": [ { "provider": "sim" } ], "fallbacks": [ "a" ] } } }
                """
            )
            .ShouldHaveSingleItem()
            .ShouldBe("models.a.largerContext: a → b → a is a circle");

    [Fact]
    public void Two_ways_to_the_same_model_are_no_circle() =>
        Faults(Models(("a", "b\",\"c"), ("b", "d"), ("c", "d"), ("d", null))).ShouldBeEmpty();

    private static string Models(params (string Name, string? Fallback)[] models)
    {
        var routes = models.Select(m =>
            $$"""
                "{{m.Name}}": { "targets": [ { "provider": "sim" } ], "fallbacks": [ {{(m.Fallback is null ? "" : $"\"{m.Fallback}\"")}} ] }
                """
        );
        return $$"""{ "providers": { "sim": { "kind": "simulated" } }, "models": { {{string.Join(',', routes)}} } }""";
    }
}
