using System.Text.Json;

namespace InferenceBroker.Api.Jobs;

/// <summary>Puts a provider's JSON into our own without building it anew.</summary>
internal static class RawJson
{
    /// <summary>Line breaks are taken out, because an event of a stream is one line; what is no JSON becomes a string.</summary>
    public static void Write(Utf8JsonWriter json, byte[] body)
    {
        try
        {
            if (body.AsSpan().IndexOfAny((byte)'\n', (byte)'\r') < 0)
            {
                json.WriteRawValue(body);
                return;
            }

            using var document = JsonDocument.Parse(body);
            document.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(System.Text.Encoding.UTF8.GetString(body));
        }
    }
}
