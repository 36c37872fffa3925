using System.Buffers;
using System.Text;
using System.Text.Json;

namespace InferenceBroker.Api.Submission;

/// <summary>The broker's remaining fields of a request as one JSON object, as they are stored with the job.</summary>
internal static class JobOptionsJson
{
    public static string? Write(JobRequest request)
    {
        if (request is { Cache: null, Affinity: null, WebhookUrl: null, WebhookEvents: null })
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, JsonOutput.Options);
        json.WriteStartObject();
        WriteText(json, "cache", request.Cache);
        WriteText(json, "affinity", request.Affinity);
        WriteText(json, "webhook_url", request.WebhookUrl);
        if (request.WebhookEvents is { } events)
        {
            json.WriteStartArray("webhook_events");
            foreach (var name in events)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
