using System.Text.Json.Nodes;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>The parts of <c>broker.json</c> that the roles bind themselves, as configuration keys under <c>Broker</c>.</summary>
internal static class RoleSections
{
    /// <summary>Sections bound from <c>Broker:Api</c> and so on.</summary>
    public static IReadOnlyList<string> Names { get; } = ["api", "scheduler", "workers", "messaging"];

    public static Dictionary<string, string?> Flatten(JsonObject document)
    {
        var keys = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, node) in document)
        {
            if (Names.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                Add(keys, $"Broker:{name}", node);
            }
        }

        return keys;
    }

    private static void Add(Dictionary<string, string?> keys, string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject section:
                foreach (var (name, value) in section)
                {
                    Add(keys, $"{path}:{name}", value);
                }

                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    Add(keys, $"{path}:{i}", list[i]);
                }

                break;
            case not null:
                keys[path] = node.ToString();
                break;
        }
    }
}
