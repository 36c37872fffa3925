using System.Text.Json;

namespace InferenceBroker.Persistence.Sql;

/// <summary>Compares stored metadata with wanted pairs.</summary>
internal static class MetadataFilter
{
    public static bool Matches(string? metadata, IReadOnlyDictionary<string, string> wanted)
    {
        if (metadata is null)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(metadata);
            return document.RootElement.ValueKind == JsonValueKind.Object && wanted.All(pair => Has(document.RootElement, pair));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>
    /// Texts that metadata must contain to match, so that the database can leave out most other jobs: keys and values of plain letters and
    /// digits, which no JSON writer escapes.
    /// </summary>
    public static IEnumerable<string> NecessaryTexts(IReadOnlyDictionary<string, string> wanted) =>
        wanted.SelectMany(pair => new[] { pair.Key, pair.Value }).Where(text => text.Length > 0 && text.All(char.IsAsciiLetterOrDigit));

    private static bool Has(JsonElement metadata, KeyValuePair<string, string> pair) =>
        metadata.TryGetProperty(pair.Key, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(pair.Value);
}
