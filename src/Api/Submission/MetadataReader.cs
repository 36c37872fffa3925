using System.Buffers;
using System.Text;
using System.Text.Json;
using InferenceBroker.Api.Errors;

namespace InferenceBroker.Api.Submission;

/// <summary>Reads <c>metadata</c>: a flat object of strings, written again so that it is stored in one form.</summary>
internal static class MetadataReader
{
    private const int MaxPairs = 16;
    private const int MaxKey = 64;
    private const int MaxValue = 512;

    public static ApiError? Read(ref Utf8JsonReader json, out string? metadata)
    {
        metadata = null;
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType != JsonTokenType.StartObject)
        {
            return Wrong();
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var output = new Utf8JsonWriter(buffer, JsonOutput.Options);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        output.WriteStartObject();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString()!;
            json.Read();
            if (json.TokenType != JsonTokenType.String)
            {
                return Wrong();
            }

            var value = json.GetString()!;
            if (!Fits(key, 1, MaxKey) || !Fits(value, 0, MaxValue) || !keys.Add(key) || keys.Count > MaxPairs)
            {
                return Wrong();
            }

            output.WriteString(key, value);
        }

        output.WriteEndObject();
        output.Flush();
        metadata = keys.Count == 0 ? null : Encoding.UTF8.GetString(buffer.WrittenSpan);
        return null;
    }

    private static bool Fits(string text, int min, int max) => text.Length >= min && text.Length <= max && !text.Contains('\0');

    private static ApiError Wrong() =>
        ApiError.Invalid(
            "metadata",
            $"expected an object of at most {MaxPairs} different keys (1 to {MaxKey} characters) with string values (up to {MaxValue} characters)."
        );
}
