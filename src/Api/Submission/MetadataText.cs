using System.Text.Json;

namespace InferenceBroker.Api.Submission;

/// <summary>Looks up one text in metadata that is kept as JSON.</summary>
internal static class MetadataText
{
    /// <summary>Null: there is no such entry, or it is no string.</summary>
    /// <param name="metadata">A JSON object, or nothing.</param>
    public static string? Find(ReadOnlySpan<byte> metadata, string name)
    {
        if (metadata.IsEmpty)
        {
            return null;
        }

        var json = new Utf8JsonReader(metadata);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = json.ValueTextEquals(name);
            json.Read();
            if (isIt)
            {
                return json.TokenType == JsonTokenType.String ? json.GetString() : null;
            }

            json.Skip();
        }

        return null;
    }
}
