using InferenceBroker.Domain.Routing;
using InferenceBroker.Domain.Routing.Rules;

namespace InferenceBroker.Domain.Tests.Routing.Rules;

public sealed class RuleSetTests
{
    private static readonly RequestFeatures Request = new(
        "gpt-x",
        "acme",
        PromptTokens: 500,
        Capabilities.Tools,
        new DateTimeOffset(2026, 1, 1, 23, 30, 0, TimeSpan.Zero)
    )
    {
        Metadata = name => name == "task" ? "classification" : null,
        Headers = name => name.Equals("x-team", StringComparison.OrdinalIgnoreCase) ? "search" : null,
    };

    [Fact]
    public void Match_FirstRuleThatFits_Wins()
    {
        var rules = new RuleSet([
            new RoutingRule([Text(RuleField.Model, "", "other")], "a"),
            new RoutingRule([Text(RuleField.Model, "", "gpt-*"), Text(RuleField.Tenant, "", "acme")], "b"),
            new RoutingRule([], "c"),
        ]);

        rules.Match(Request)!.Use.ShouldBe("b");
        rules.Match(Request with { Tenant = "else" })!.Use.ShouldBe("c");
    }

    [Fact]
    public void Match_NoRuleFits_IsNull() =>
        new RuleSet([new RoutingRule([Text(RuleField.Tenant, "", "other")], "a")]).Match(Request).ShouldBeNull();

    [Theory]
    [InlineData(RuleField.Model, "", "gpt-x", true)]
    [InlineData(RuleField.Model, "", "gpt", false)]
    [InlineData(RuleField.Model, "", "gpt-*", true)]
    [InlineData(RuleField.Model, "", "GPT-X", false)]
    [InlineData(RuleField.Tenant, "", "acme", true)]
    [InlineData(RuleField.Metadata, "task", "classification", true)]
    [InlineData(RuleField.Metadata, "task", "*", true)]
    [InlineData(RuleField.Metadata, "job", "*", false)]
    [InlineData(RuleField.Header, "X-Team", "search", true)]
    [InlineData(RuleField.Header, "x-team", "ads", false)]
    public void Texts(RuleField field, string name, string value, bool matches) =>
        Text(field, name, value).Matches(Request).ShouldBe(matches);

    [Fact]
    public void A_text_may_be_any_of_several() => Text(RuleField.Tenant, "", "x", "acme").Matches(Request).ShouldBeTrue();

    [Fact]
    public void A_request_without_tenant_metadata_or_headers_meets_no_condition_on_them()
    {
        var bare = new RequestFeatures("m", Tenant: null, 0, Capabilities.None, default);

        foreach (var field in new[] { RuleField.Tenant, RuleField.Metadata, RuleField.Header })
        {
            Text(field, "task", "*").Matches(bare).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData(500, 500, true)]
    [InlineData(501, 1000, false)]
    [InlineData(0, 499, false)]
    public void Prompt_tokens(int minimum, int maximum, bool matches) =>
        new PromptTokensCondition(minimum, maximum).Matches(Request).ShouldBe(matches);

    [Theory]
    [InlineData(Capabilities.Tools, true, true)]
    [InlineData(Capabilities.Tools, false, false)]
    [InlineData(Capabilities.Vision, true, false)]
    [InlineData(Capabilities.Vision, false, true)]
    public void What_it_brings(Capabilities capability, bool isUsed, bool matches) =>
        new CapabilityCondition(capability, isUsed).Matches(Request).ShouldBe(matches);

    [Theory]
    [InlineData("22:00", "06:00", true)]
    [InlineData("23:30", "23:31", true)]
    [InlineData("06:00", "23:30", false)]
    [InlineData("00:00", "06:00", false)]
    public void Time_of_day_may_pass_midnight(string from, string to, bool matches) => Window(from, to).Matches(Request).ShouldBe(matches);

    [Fact]
    public void Time_of_day_is_that_of_UTC() =>
        Window("22:00", "23:59").Matches(Request with { Now = Request.Now.ToOffset(TimeSpan.FromHours(9)) }).ShouldBeTrue();

    private static TextCondition Text(RuleField field, string name, params string[] values) =>
        new(field, name, [.. values.Select(v => new TextPattern(v))]);

    private static TimeOfDayCondition Window(string from, string to) => new(TimeOnly.Parse(from, null), TimeOnly.Parse(to, null));
}
