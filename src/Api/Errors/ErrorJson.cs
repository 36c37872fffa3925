using System.Buffers;
using System.Text.Json;

namespace InferenceBroker.Api.Errors;

/// <summary>The error object in OpenAI's shape, always with its four keys.</summary>
internal static class ErrorJson
{
    public static ReadOnlyMemory<byte> Write(ApiError error)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, error.Type);
        json.WriteString("param"u8, error.Param);
        json.WriteString("code"u8, error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
