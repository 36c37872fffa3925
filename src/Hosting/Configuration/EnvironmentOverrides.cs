using System.Globalization;
using System.Text.Json.Nodes;

namespace InferenceBroker.Hosting.Configuration;

/// <summary>
/// Writes variables such as <c>Broker__Models__gpt-4o__Policy=weighted</c> into the document. The raw variables are used, not .NET's
/// configuration keys, because these split names at colons, which model names such as <c>llama3:8b</c> hold.
/// </summary>
internal static class EnvironmentOverrides
{
    private const string Prefix = "Broker__";
    private const string Separator = "__";

    public static void Apply(JsonObject document, IReadOnlyDictionary<string, string> environment, FaultList faults)
    {
        foreach (var (name, value) in environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var path = name[Prefix.Length..].Split(Separator);
            if (!RoleSections.Names.Contains(path[0], StringComparer.OrdinalIgnoreCase) && !TrySet(document, path, value))
            {
                faults.Add(
                    name,
                    "this variable fits no place in the configuration (lists take the number of an entry, or the next free one)"
                );
            }
        }
    }

    private static bool TrySet(JsonObject document, string[] path, string value)
    {
        JsonNode node = document;
        for (var i = 0; i < path.Length; i++)
        {
            var last = i == path.Length - 1;
            var made = last ? JsonValue.Create(value) : MakeContainer(path[i + 1]);
            var next = node switch
            {
                JsonObject section => Enter(section, path[i], made, last),
                JsonArray list => Enter(list, path[i], made, last),
                _ => null,
            };
            if (next is null)
            {
                return false;
            }

            node = next;
        }

        return true;
    }

    private static JsonNode Enter(JsonObject section, string name, JsonNode made, bool replace)
    {
        var existing = section.ContainsKey(name)
            ? name
            : section.Select(pair => pair.Key).FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (existing is not null && !replace && section[existing] is { } found)
        {
            return found;
        }

        section[existing ?? name] = made;
        return made;
    }

    private static JsonNode? Enter(JsonArray list, string name, JsonNode made, bool replace)
    {
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index > list.Count)
        {
            return null;
        }

        if (index == list.Count)
        {
            list.Add(made);
            return made;
        }

        if (!replace && list[index] is { } found)
        {
            return found;
        }

        list[index] = made;
        return made;
    }

    private static JsonNode MakeContainer(string nextName) => int.TryParse(nextName, out _) ? new JsonArray() : new JsonObject();
}
