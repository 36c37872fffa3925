using System.Buffers;
using System.Text.Json;
using InferenceBroker.Api.Errors;

namespace InferenceBroker.Api.Explain;

/// <summary>Takes the tenant out of a dry run's body; the rest is the body of a job.</summary>
internal static class DryRunBody
{
    private const string DefaultTenant = "default";

    public static ApiError? Read(byte[] received, out byte[] job, out string tenant)
    {
        job = received;
        tenant = DefaultTenant;
        try
        {
            using var document = JsonDocument.Parse(received);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("tenant", out var name))
            {
                return null;
            }

            if (name.ValueKind != JsonValueKind.String)
            {
                return ApiError.Invalid("tenant", "expected a tenant's name.");
            }

            tenant = name.GetString()!;
            job = Without(document.RootElement, "tenant");
            return null;
        }
        catch (JsonException exception)
        {
            return ApiError.InvalidJson($"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
    }

    private static byte[] Without(JsonElement element, string field)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, JsonOutput.Options);
        json.WriteStartObject();
        foreach (var property in element.EnumerateObject())
        {
            if (!property.NameEquals(field))
            {
                property.WriteTo(json);
            }
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
