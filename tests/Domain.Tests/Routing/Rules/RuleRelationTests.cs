using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Rules;

namespace InferenceBroker.Domain.Tests.Routing.Rules;

/// <summary>Which conditions make another one needless, and which cannot hold together.</summary>
public sealed class RuleRelationTests
{
    private static readonly RuleCondition[] Conditions =
    [
        Text(RuleField.Model, "", "a"),
        Text(RuleField.Model, "", "a", "b"),
        Text(RuleField.Model, "", "a*"),
        Text(RuleField.Tenant, "", "a"),
        Text(RuleField.Metadata, "t", "a"),
        Text(RuleField.Metadata, "u", "a"),
        Text(RuleField.Header, "X", "a"),
        new PromptTokensCondition(0, 100),
        new PromptTokensCondition(50, 100),
        new PromptTokensCondition(101, int.MaxValue),
        new CapabilityCondition(Capabilities.Tools, true),
        new CapabilityCondition(Capabilities.Tools, false),
        new CapabilityCondition(Capabilities.Vision, true),
        Window(22, 6),
        Window(23, 1),
        Window(6, 12),
        Window(5, 7),
        Window(7, 6),
    ];

    private static readonly RequestFeatures[] Requests =
    [
        .. from text in new[] { "a", "b", "ab", "c" }
        from tokens in new[] { 0, 50, 100, 101, 5000 }
        from uses in new[] { Capabilities.None, Capabilities.Tools, Capabilities.Vision, Capabilities.All }
        from hour in Enumerable.Range(0, 24)
        select new RequestFeatures(text, text, tokens, uses, DateTimeOffset.UnixEpoch.AddHours(hour))
        {
            Metadata = name => name == "t" ? text : "z",
            Headers = _ => text,
        },
    ];

    [Fact]
    public void Covers_is_never_claimed_of_a_condition_that_takes_more()
    {
        foreach (var (one, other) in Pairs().Where(p => p.One.Covers(p.Other)))
        {
            Requests.ShouldAllBe(r => !other.Matches(r) || one.Matches(r), $"{one} covers {other}");
        }
    }

    [Fact]
    public void Excludes_is_never_claimed_of_conditions_that_some_request_meets()
    {
        foreach (var (one, other) in Pairs().Where(p => p.One.Excludes(p.Other)))
        {
            Requests.ShouldAllBe(r => !other.Matches(r) || !one.Matches(r), $"{one} excludes {other}");
        }
    }

    [Fact]
    public void Every_condition_covers_itself_and_does_not_exclude_itself() => Conditions.ShouldAllBe(c => c.Covers(c) && !c.Excludes(c));

    [Fact]
    public void The_plain_cases_are_seen()
    {
        Text(RuleField.Model, "", "a*", "c").Covers(Text(RuleField.Model, "", "ab*", "c")).ShouldBeTrue();
        Text(RuleField.Header, "x-a", "1").Covers(Text(RuleField.Header, "X-A", "1")).ShouldBeTrue();
        Text(RuleField.Model, "", "a*").Excludes(Text(RuleField.Model, "", "b", "c*")).ShouldBeTrue();
        new PromptTokensCondition(0, 100).Covers(new PromptTokensCondition(50, 100)).ShouldBeTrue();
        new PromptTokensCondition(0, 100).Excludes(new PromptTokensCondition(101, 200)).ShouldBeTrue();
        new CapabilityCondition(Capabilities.Tools, true).Excludes(new CapabilityCondition(Capabilities.Tools, false)).ShouldBeTrue();
        Window(22, 6).Covers(Window(23, 1)).ShouldBeTrue();
        Window(22, 6).Excludes(Window(6, 12)).ShouldBeTrue();
    }

    [Fact]
    public void A_rule_covers_one_that_asks_for_the_same_and_more()
    {
        var less = new RoutingRule([Text(RuleField.Model, "", "a*")], "x");
        var more = new RoutingRule([new PromptTokensCondition(1, 2), Text(RuleField.Model, "", "ab")], "y");

        less.Covers(more).ShouldBeTrue();
        more.Covers(less).ShouldBeFalse();
        new RoutingRule([], "z").Covers(less).ShouldBeTrue();
    }

    private static IEnumerable<(RuleCondition One, RuleCondition Other)> Pairs() =>
        from one in Conditions
        from other in Conditions
        select (one, other);

    private static TextCondition Text(RuleField field, string name, params string[] values) =>
        new(field, name, [.. values.Select(v => new TextPattern(v))]);

    private static TimeOfDayCondition Window(int from, int to) => new(new TimeOnly(from, 0), new TimeOnly(to, 0));
}
