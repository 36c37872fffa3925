using InferenceBroker.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace InferenceBroker.Hosting.Reload;

/// <summary>Compares and checks the sections of the roles, which take effect at the next start only.</summary>
internal sealed class RoleSectionsCheck(IEnumerable<IRoleSection> sections, ConfigurationSource source)
{
    private const string Prefix = "Broker__";

    /// <summary>The keys that differ, as <c>broker.json</c> has them. Values are not shown: one of them is a secret.</summary>
    public static IReadOnlyList<string> FindChanged(
        IReadOnlyDictionary<string, string?> start,
        IReadOnlyDictionary<string, string?> changed
    ) =>
        [
            .. start
                .Keys.Union(changed.Keys, StringComparer.OrdinalIgnoreCase)
                .Where(key => start.GetValueOrDefault(key) != changed.GetValueOrDefault(key))
                .Select(key => key["Broker:".Length..].Replace(':', '.'))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The faults that the sections would have at the next start, with the overrides of the environment.</summary>
    public IEnumerable<ConfigurationFault> FindFaults(IReadOnlyDictionary<string, string?> roleKeys)
    {
        var overrides = source
            .Environment.Where(v => v.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Select(v => KeyValuePair.Create(v.Key.Replace("__", ":", StringComparison.Ordinal), (string?)v.Value));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(roleKeys).AddInMemoryCollection(overrides).Build();
        return sections.SelectMany(section => section.FindFaults(configuration));
    }
}
