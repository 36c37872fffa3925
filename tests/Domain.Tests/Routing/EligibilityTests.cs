using InferenceBroker.Domain.Pricing;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Domain.Tests.Routing;

public sealed class EligibilityTests
{
    private static readonly Target Plain = new("p", "m", 1, default(TokenPrice));

    private static readonly Target Limited = Plain with
    {
        Capabilities = Capabilities.None,
        ContextTokens = 8000,
        Region = "eu",
        Tags = ["gdpr", "fast"],
    };

    [Theory]
    [InlineData(Capabilities.Tools, IneligibleReason.NoTools)]
    [InlineData(Capabilities.Vision, IneligibleReason.NoVision)]
    [InlineData(Capabilities.JsonSchema, IneligibleReason.NoJsonSchema)]
    [InlineData(Capabilities.None, IneligibleReason.None)]
    public void A_capability_that_is_missing_is_the_reason(Capabilities needed, IneligibleReason reason)
    {
        var needs = default(JobNeeds) with { Capabilities = needed };

        Eligibility.Check(Limited, needs).ShouldBe(reason);
        Eligibility.Check(Plain, needs).ShouldBe(IneligibleReason.None);
        Eligibility.CanServe(Limited, needs).ShouldBe(reason == IneligibleReason.None);
    }

    [Theory]
    [InlineData(7000, 1000, IneligibleReason.None)]
    [InlineData(7000, 1001, IneligibleReason.ContextTooSmall)]
    [InlineData(int.MaxValue, int.MaxValue, IneligibleReason.ContextTooSmall)]
    public void Prompt_and_answer_have_to_fit_into_the_context(int input, int output, IneligibleReason reason)
    {
        var needs = new JobNeeds(Capabilities.None, input, output, Placement: null);

        Eligibility.Check(Limited, needs).ShouldBe(reason);
        Eligibility.Check(Plain, needs).ShouldBe(IneligibleReason.None);
    }

    [Theory]
    [InlineData("EU", new string[0], IneligibleReason.None)]
    [InlineData("us", new string[0], IneligibleReason.OtherRegion)]
    [InlineData(null, new[] { "fast", "gdpr" }, IneligibleReason.None)]
    [InlineData(null, new[] { "fast", "cheap" }, IneligibleReason.MissingTag)]
    public void Region_and_tags_have_to_be_there(string? region, string[] tags, IneligibleReason reason) =>
        Eligibility.Check(Limited, new JobNeeds(Capabilities.None, 1, 1, new PlacementNeeds(region, tags))).ShouldBe(reason);

    [Fact]
    public void A_target_of_unknown_region_serves_nobody_who_asks_for_one() =>
        Eligibility
            .Check(Plain, new JobNeeds(Capabilities.None, 1, 1, new PlacementNeeds("eu", [])))
            .ShouldBe(IneligibleReason.OtherRegion);
}
