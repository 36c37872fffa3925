using InferenceBroker.Providers.Failures;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.Failures;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("1s", 1_000)]
    [InlineData("6m0s", 360_000)]
    [InlineData("20ms", 20)]
    [InlineData("1h2m3.5s", 3_723_500)]
    [InlineData("17", 17_000)]
    [InlineData("9999d", 86_400_000)]
    public void Parse_duration(string text, double milliseconds) =>
        DurationText.Parse(text).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("1x")]
    [InlineData("1.2.3s")]
    public void Parse_anything_else_is_null(string text) => DurationText.Parse(text).ShouldBeNull();
}
