using System.Reflection;
using InferenceBroker.Hosting.Configuration;

namespace InferenceBroker.Hosting.Tests.Documentation;

/// <summary>The keys of <c>broker.json</c> as the options classes have them.</summary>
internal static class OptionNames
{
    public static IReadOnlyDictionary<string, Type> Definitions { get; } =
        new Dictionary<string, Type>
        {
            ["provider"] = typeof(ProviderOptions),
            ["key"] = typeof(KeyOptions),
            ["model"] = typeof(ModelOptions),
            ["target"] = typeof(TargetOptions),
            ["limits"] = typeof(LimitsOptions),
            ["policyWeights"] = typeof(PolicyWeightsOptions),
            ["rule"] = typeof(RuleOptions),
        };

    public static IEnumerable<string> Of(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]);
}
