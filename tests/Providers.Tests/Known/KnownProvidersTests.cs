using InferenceBroker.Providers.Known;
using Shouldly;
using Xunit;

namespace InferenceBroker.Providers.Tests.Known;

public sealed class KnownProvidersTests
{
    [Fact]
    public void Names_and_variables_are_unique_and_urls_are_clean()
    {
        KnownProviders.All.Select(provider => provider.Name).ShouldBeUnique();
        KnownProviders.All.Select(provider => provider.KeyVariable).ShouldBeUnique();
        KnownProviders.All.ShouldAllBe(provider => provider.BaseUrl.Scheme == "https" && !provider.BaseUrl.OriginalString.EndsWith('/'));
    }

    [Theory]
    [InlineData("gpt-4o-mini", "openai")]
    [InlineData("o3-mini", "openai")]
    [InlineData("claude-sonnet-4", "anthropic")]
    [InlineData("gemini-2.5-pro", "gemini")]
    [InlineData("mistral-large-latest", "mistral")]
    [InlineData("grok-4", "xai")]
    public void A_model_has_one_home(string model, string expected) =>
        KnownProviders.All.Where(provider => provider.Serves(model)).ShouldHaveSingleItem().Name.ShouldBe(expected);
}
