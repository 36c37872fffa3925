using System.Text.Json;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Finds the <c>index</c> of an object before the object is read.</summary>
internal static class ItemIndex
{
    /// <summary>Expects a copy of the reader at the object's start. Null: it has none.</summary>
    public static int? Peek(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIndex = reader.ValueTextEquals("index"u8);
            reader.Read();
            if (isIndex)
            {
                return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var index) ? index : null;
            }

            reader.Skip();
        }

        return null;
    }
}
