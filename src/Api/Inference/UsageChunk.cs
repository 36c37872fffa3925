using System.Text;
using System.Text.Json;

namespace InferenceBroker.Api.Inference;

/// <summary>
/// Recognises the chunk that carries nothing but usage. The broker always asks providers for it, to know the cost; a client that did not
/// ask must not see it, since many read <c>choices[0]</c> blindly.
/// </summary>
internal static class UsageChunk
{
    public static bool Is(string chunk)
    {
        if (!chunk.Contains("\"usage\"", StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            return HasUsageOnly(Encoding.UTF8.GetBytes(chunk));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool HasUsageOnly(byte[] chunk)
    {
        var json = new Utf8JsonReader(chunk);
        var (noChoices, usage) = (false, false);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isChoices = json.ValueTextEquals("choices"u8);
            var isUsage = json.ValueTextEquals("usage"u8);
            json.Read();
            if (isUsage)
            {
                usage = json.TokenType == JsonTokenType.StartObject;
            }
            else if (isChoices && json.TokenType == JsonTokenType.StartArray)
            {
                var ahead = json;
                ahead.Read();
                noChoices = ahead.TokenType == JsonTokenType.EndArray;
            }

            json.Skip();
        }

        return noChoices && usage;
    }
}
