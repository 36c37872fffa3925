using System.Text.Json;

namespace InferenceBroker.Providers.Simulated;

/// <summary>Reads the body of <c>POST /control</c>: settings by name, such as <c>{"outage":true,"latencyMs":200}</c>.</summary>
internal static class SimulatedControl
{
    /// <exception cref="JsonException">No JSON object.</exception>
    public static List<KeyValuePair<string, string>> ReadSettings(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("The body is no JSON object.");
        }

        var settings = new List<KeyValuePair<string, string>>();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            var value = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
            settings.Add(new(member.Name, value));
        }

        return settings;
    }
}
