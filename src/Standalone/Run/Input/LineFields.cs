using System.Text.Json;
using InferenceBroker.Api.Submission;

namespace InferenceBroker.Standalone.Run.Input;

/// <summary>The fields of a line that the run looks at, read in one pass without building a document.</summary>
internal sealed class LineFields
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    public string? CustomId { get; private set; }

    public string? Method { get; private set; }

    public string? Url { get; private set; }

    public ReadOnlyMemory<byte>? Body { get; private set; }

    public string? Model { get; private set; }

    public bool Streaming { get; private set; }

    public int? MaxOutputTokens { get; private set; }

    /// <summary>What placement looks at, found in <see cref="Body"/>.</summary>
    public RequestTraits Traits { get; } = new();

    /// <summary>The line's own metadata, else the body's.</summary>
    public ReadOnlyMemory<byte>? Metadata { get; private set; }

    /// <summary>The first field whose type is wrong.</summary>
    public string? WrongType { get; private set; }

    /// <summary>False: not an object.</summary>
    public bool Read(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span, Options);
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        ReadOnlyMemory<byte>? lineMetadata = null;
        while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("custom_id"u8))
            {
                CustomId = Text(ref reader, "custom_id");
            }
            else if (reader.ValueTextEquals("method"u8))
            {
                Method = Text(ref reader, "method");
            }
            else if (reader.ValueTextEquals("url"u8))
            {
                Url = Text(ref reader, "url");
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                lineMetadata = Strings(ref reader, line, "metadata");
            }
            else if (reader.ValueTextEquals("body"u8))
            {
                ReadBody(ref reader, line);
            }
            else
            {
                reader.Skip();
            }
        }

        // Anything after the value is an error of its own; reading on reports it.
        reader.Skip();
        while (reader.Read()) { }

        Metadata = lineMetadata ?? Metadata;
        return isObject;
    }

    private void ReadBody(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Expect(reader.TokenType == JsonTokenType.Null, "body");
            reader.Skip();
            return;
        }

        var start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("model"u8))
            {
                Model = Text(ref reader, "body.model");
            }
            else if (reader.ValueTextEquals("stream"u8))
            {
                reader.Read();
                Streaming = reader.TokenType == JsonTokenType.True;
                reader.Skip();
            }
            else if (IsOutputLimit(ref reader))
            {
                reader.Read();
                MaxOutputTokens = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var tokens) ? tokens : MaxOutputTokens;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                Metadata = Strings(ref reader, line, field: null);
            }
            else if (!Traits.TryRead(ref reader))
            {
                reader.Skip();
            }
        }

        Body = line[start..(int)reader.BytesConsumed];
    }

    private static bool IsOutputLimit(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("max_tokens"u8)
        || reader.ValueTextEquals("max_completion_tokens"u8)
        || reader.ValueTextEquals("max_output_tokens"u8);

    private string? Text(ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        Expect(reader.TokenType == JsonTokenType.Null, field);
        reader.Skip();
        return null;
    }

    /// <summary>An object of strings, or null where it is something else: an error only where the field is the broker's own.</summary>
    private ReadOnlyMemory<byte>? Strings(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line, string? field)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        var valid = isObject || reader.TokenType == JsonTokenType.Null;
        while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            reader.Read();
            valid &= reader.TokenType == JsonTokenType.String;
            reader.Skip();
        }

        reader.Skip();
        Expect(valid, field);
        return isObject && valid ? line[start..(int)reader.BytesConsumed] : default(ReadOnlyMemory<byte>?);
    }

    private void Expect(bool condition, string? field) => WrongType ??= condition ? null : field;
}
