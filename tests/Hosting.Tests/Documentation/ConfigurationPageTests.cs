using InferenceBroker.Domain.Routing;
using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Providers.Known;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Documentation;

public sealed class ConfigurationPageTests
{
    private readonly string _page = RepositoryFile.Read("docs/configuration.md");

    [Fact]
    public void The_page_lists_every_key_of_every_options_class()
    {
        foreach (var (definition, options) in OptionNames.Definitions)
        {
            var section = Section(definition);
            foreach (var name in OptionNames.Of(options))
            {
                section.ShouldContain($"`{name}`", Case.Sensitive, $"{definition}.{name} is missing in docs/configuration.md");
            }
        }
    }

    [Fact]
    public void The_page_lists_every_condition_of_rules()
    {
        foreach (var name in RuleReader.Names.Append($"{RuleReader.MetadataPrefix}NAME").Append($"{RuleReader.HeaderPrefix}NAME"))
        {
            Section("when").ShouldContain($"`{name}`", Case.Sensitive);
        }
    }

    [Fact]
    public void The_page_lists_every_key_of_the_roles_sections()
    {
        RoleOptions.Sections.ShouldBe(RoleSections.Names, ignoreOrder: true);
        foreach (var section in RoleOptions.Sections)
        {
            RoleOptions.KeysOf(section).ShouldNotBeEmpty();
            RoleOptions
                .KeysOf(section)
                .Where(key => !Section(section).Contains($"| `{key}` |", StringComparison.Ordinal))
                .ShouldBeEmpty(section);
        }
    }

    [Fact]
    public void The_page_lists_every_section_kind_and_policy()
    {
        foreach (
            var name in OptionNames
                .Of(typeof(BrokerOptions))
                .Concat(RoleSections.Names)
                .Concat(ProviderKinds.All)
                .Concat(RoutingPolicies.All)
        )
        {
            _page.ShouldContain($"`{name}`", Case.Sensitive);
        }
    }

    [Fact]
    public void The_page_lists_every_provider_that_the_environment_can_bring()
    {
        foreach (var known in KnownProviders.All)
        {
            _page.ShouldContain(
                $"| `{known.Name}` | `{known.KeyVariable}` | {string.Join(", ", known.ModelPrefixes.Select(p => $"`{p}*`"))}",
                Case.Sensitive
            );
        }
    }

    /// <summary>The part of the page between the heading that ends with the definition's marker and the next heading.</summary>
    private string Section(string definition)
    {
        var start = _page.IndexOf($"<a id=\"{definition}\"></a>", StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, definition);
        var end = _page.IndexOf("<a id=", start + 1, StringComparison.Ordinal);
        return end < 0 ? _page[start..] : _page[start..end];
    }
}
