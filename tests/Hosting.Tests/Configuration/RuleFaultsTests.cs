using Shouldly;
using Xunit;
using static InferenceBroker.Hosting.Tests.Configuration.Loading;

namespace InferenceBroker.Hosting.Tests.Configuration;

public sealed class RuleFaultsTests
{
    [Fact]
    public void Every_fault_of_the_conditions_is_reported_with_its_path() =>
        Rules(
                """
                { "when": { "metdata.task": "a", "model": [], "tenant": 5, "hasTools": "maybe", "hasImages": "true" }, "use": "a" },
                { "when": { "minPromptTokens": 10, "maxPromptTokens": 5, "timeUtc": "22-06" }, "use": "b" },
                { "when": { "metadata.a.b": "x*y", "headers.x": "", "timeUtc": "06:00-06:00", "maxPromptTokens": -1 }, "use": "nobody", "then": 1 }
                """
            )
            .ShouldBe(
                [
                    "rules[0].when.model: must not be empty",
                    "rules[0].when.tenant: must be a text in quotes",
                    "rules[0].when.hasTools: 'maybe' is not allowed (true or false)",
                    "rules[0].when['metdata.task']: 'metdata.task' is not known here (model, tenant, minPromptTokens, maxPromptTokens, hasTools, hasImages, hasJsonSchema, timeUtc, metadata.NAME, headers.NAME)",
                    "rules[1].when.minPromptTokens: '10' is above maxPromptTokens, which is '5'",
                    "rules[1].when.timeUtc: '22-06' is no window (two times of day in UTC, for example 22:00-06:00)",
                    "rules[2].when['metadata.a.b']: 'x*y' is not allowed (a text, or the beginning of one with one '*' at its end)",
                    "rules[2].when['headers.x']: '' is not allowed (a text, or the beginning of one with one '*' at its end)",
                    "rules[2].when.timeUtc: '06:00-06:00' is no window (two times of day in UTC, for example 22:00-06:00)",
                    "rules[2].when.maxPromptTokens: '-1' is not allowed (a whole number from 0 to 2147483647)",
                    "rules[2].then: 'then' is not known here (when, use)",
                    "rules[2].use: 'nobody' is not a configured model (a, b, c)",
                ],
                ignoreOrder: true
            );

    [Fact]
    public void A_rule_behind_one_that_takes_all_of_its_requests_never_applies() =>
        Rules(
                """
                { "when": { "model": "gpt-*" }, "use": "a" },
                { "when": { "tenant": "acme" }, "use": "b" },
                { "when": { "model": "gpt-5", "hasTools": true }, "use": "c" },
                { "use": "a" },
                { "when": { "tenant": "other" }, "use": "b" }
                """
            )
            .ShouldBe([
                "rules[2]: never applies: rules[0] comes first and takes every request that meets it",
                "rules[4]: never applies: rules[3] comes first and takes every request that meets it",
            ]);

    [Fact]
    public void A_condition_that_cannot_be_read_does_not_make_later_rules_look_needless() =>
        Rules("""{ "when": { "modle": "x" }, "use": "a" }, { "when": { "model": "y" }, "use": "b" }""")
            .ShouldHaveSingleItem()
            .ShouldStartWith("rules[0].when.modle: ");

    [Fact]
    public void Rules_that_send_a_model_around_are_a_circle() =>
        Rules(
                """
                { "when": { "model": "a", "tenant": "acme" }, "use": "b" },
                { "when": { "model": "x" }, "use": "a" },
                { "when": { "model": "b", "hasTools": true }, "use": "c" },
                { "when": { "model": [ "c", "y" ] }, "use": "a" }
                """
            )
            .ShouldHaveSingleItem()
            .ShouldBe("rules[0].use: a → b → c → a is a circle of rules (rules[0], rules[2], rules[3])");

    [Fact]
    public void Rules_that_no_request_can_meet_together_are_no_circle() =>
        Rules(
                """
                { "when": { "model": "a", "timeUtc": "22:00-06:00" }, "use": "b" },
                { "when": { "model": "b", "timeUtc": "06:00-22:00" }, "use": "a" }
                """
            )
            .ShouldBeEmpty();

    [Fact]
    public void A_rule_that_exempts_a_model_from_later_rules_is_no_circle() =>
        Rules("""{ "when": { "model": "a", "tenant": "acme" }, "use": "a" }, { "when": { "model": "a" }, "use": "b" }""").ShouldBeEmpty();

    private static IReadOnlyList<string> Rules(string rules) =>
        Faults(
            $$"""
            { "providers": { "sim": { "kind": "simulated" } },
              "models": { "a": { "targets": [ { "provider": "sim" } ] }, "b": { "targets": [ { "provider": "sim" } ] }, "c": { "targets": [ { "provider": "sim" } ] } },
              "rules": [ {{rules}} ] }
            """
        );
}
