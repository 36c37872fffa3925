using System.Globalization;
using System.Text.Json;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Hosting.Configuration;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Documentation;

public sealed class SchemaTests : IDisposable
{
    private readonly JsonDocument _schema = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "broker.schema.json"))
    );

    [Theory]
    [MemberData(nameof(DefinitionNames))]
    public void Each_definition_has_exactly_the_properties_of_its_options(string definition) =>
        Names(Definition(definition)).ShouldBe(OptionNames.Of(OptionNames.Definitions[definition]), ignoreOrder: true);

    [Fact]
    public void The_root_has_the_sections_that_are_read() =>
        Names(_schema.RootElement)
            .ShouldBe([.. OptionNames.Of(typeof(BrokerOptions)), .. RoleSections.Names, "$schema"], ignoreOrder: true);

    [Fact]
    public void Each_section_of_a_role_has_exactly_the_properties_of_its_options()
    {
        foreach (var section in RoleOptions.Sections)
        {
            Names(_schema.RootElement.GetProperty("properties").GetProperty(section))
                .ShouldBe(RoleOptions.KeysOf(section), ignoreOrder: true);
        }
    }

    [Fact]
    public void Kinds_and_policies_are_those_of_the_product()
    {
        Choices("provider", "kind").ShouldBe(ProviderKinds.All);
        Choices("model", "policy").ShouldBe(RoutingPolicies.All);
    }

    [Fact]
    public void The_conditions_of_rules_are_those_that_are_read()
    {
        Names(Definition("when")).ShouldBe(RuleReader.Names, ignoreOrder: true);
        Definition("when")
            .GetProperty("patternProperties")
            .EnumerateObject()
            .Select(p => p.Name)
            .ShouldBe(["^metadata\\..+", "^headers\\..+"]);
    }

    [Theory]
    [MemberData(nameof(DefinitionNames))]
    public void Defaults_are_those_of_the_options(string definition)
    {
        var type = OptionNames.Definitions[definition];
        var options = Activator.CreateInstance(type)!;
        foreach (var property in Definition(definition).GetProperty("properties").EnumerateObject())
        {
            if (property.Value.TryGetProperty("default", out var value))
            {
                var actual = type.GetProperties()
                    .Single(p => p.Name.Equals(property.Name, StringComparison.OrdinalIgnoreCase))
                    .GetValue(options);
                Convert.ToString(actual, CultureInfo.InvariantCulture).ShouldBe(value.ToString(), property.Name);
            }
        }
    }

    public static TheoryData<string> DefinitionNames() => [.. OptionNames.Definitions.Keys];

    public void Dispose() => _schema.Dispose();

    private JsonElement Definition(string name) => _schema.RootElement.GetProperty("$defs").GetProperty(name);

    private IEnumerable<string?> Choices(string definition, string property) =>
        Definition(definition)
            .GetProperty("properties")
            .GetProperty(property)
            .GetProperty("enum")
            .EnumerateArray()
            .Select(e => e.GetString());

    private static IEnumerable<string> Names(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(p => p.Name);
}
