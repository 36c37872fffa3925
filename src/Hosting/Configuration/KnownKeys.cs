using Microsoft.Extensions.Configuration;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>Finds keys of a section that its options class does not have: mistyped ones would be ignored silently otherwise.</summary>
internal static class KnownKeys
{
    public static IEnumerable<ConfigurationFault> FindUnknown(IConfigurationSection section, Type options)
    {
        var known = options.GetProperties().ToDictionary(p => p.Name, p => p.PropertyType, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (!known.TryGetValue(child.Key, out var type))
            {
                var names = string.Join(", ", known.Keys.Select(CamelCase));
                yield return new(Shorten(child.Path), $"'{child.Key}' is not known here ({names})");
            }
            else if (HasOwnKeys(type))
            {
                foreach (var fault in FindUnknown(child, type))
                {
                    yield return fault;
                }
            }
        }
    }

    /// <summary>The path as <c>broker.json</c> has it.</summary>
    private static string Shorten(string path) => string.Join('.', path.Split(':').Skip(1).Select(CamelCase));

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>Lists and dictionaries have free keys, texts and numbers none.</summary>
    private static bool HasOwnKeys(Type type) =>
        type is { IsClass: true, Namespace: { } space } && space.StartsWith("InferenceBroker", StringComparison.Ordinal);
}
