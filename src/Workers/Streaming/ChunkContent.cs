using System.Text.Json;

namespace InferenceBroker.Workers.Streaming;

/// <summary>Tells a chunk that carries something of the answer from one that only announces it (a role, an empty text, usage, an error).</summary>
internal static class ChunkContent
{
    public static bool IsIn(string chunk)
    {
        try
        {
            using var document = JsonDocument.Parse(chunk);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return true;
            }

            // A shape that we do not know is relayed rather than held.
            return root.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Array
                ? choices.EnumerateArray().Any(IsInChoice)
                : !root.TryGetProperty("error", out _);
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static bool IsInChoice(JsonElement choice)
    {
        if (choice.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (choice.TryGetProperty("text", out var text) && IsFilled(text))
        {
            return true;
        }

        return choice.TryGetProperty("delta", out var delta)
            && delta.ValueKind == JsonValueKind.Object
            && delta.EnumerateObject().Any(p => !p.NameEquals("role") && IsFilled(p.Value));
    }

    private static bool IsFilled(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => !value.ValueEquals(""),
            JsonValueKind.Array => value.GetArrayLength() > 0,
            JsonValueKind.Null or JsonValueKind.Undefined => false,
            _ => true,
        };
}
