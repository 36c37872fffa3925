using System.Text.Encodings.Web;
using System.Text.Json;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>
/// Puts the upstream model's name into a request, and asks a stream for its usage. Rules:
/// 1. only the top-level <c>model</c> is replaced, wherever it stands and however its name is escaped; where it occurs twice, both, since parsers differ in which one counts;
/// 2. a missing <c>model</c> is put first;
/// 3. <c>stream_options.include_usage</c> is set to true, and other stream options stay.
/// </summary>
internal static class RequestSplicer
{
    private const int Deepest = 512;
    private static readonly byte[] UsageOptions = """{"include_usage":true}"""u8.ToArray();
    private static readonly byte[] UsageMember = "\"include_usage\":true"u8.ToArray();
    private static readonly byte[] UsageMemberFirst = "\"include_usage\":true,"u8.ToArray();
    private static readonly byte[] OptionsMember = ""","stream_options":{"include_usage":true}"""u8.ToArray();
    private static readonly byte[] True = "true"u8.ToArray();

    /// <exception cref="JsonException">The body is no JSON object.</exception>
    public static SplicedBody Splice(ReadOnlyMemory<byte> body, string model, bool askForUsage)
    {
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = Deepest });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The body is no JSON object.");
        }

        var name = Quote(model);
        var edits = new List<BodyEdit>(3);
        var afterBrace = (int)reader.BytesConsumed;
        var (hasModel, hasOptions, isEmpty) = (false, false, true);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            if (reader.ValueTextEquals("model"u8))
            {
                hasModel = true;
                edits.Add(ReplaceValue(ref reader, name));
            }
            else if (askForUsage && reader.ValueTextEquals("stream_options"u8))
            {
                hasOptions = true;
                AskInOptions(ref reader, edits);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        var closingBrace = (int)reader.TokenStartIndex;
        reader.Read(); // refuses anything that follows the object
        if (!hasModel)
        {
            edits.Insert(0, new BodyEdit(afterBrace, 0, [.. "\"model\":"u8, .. name, .. isEmpty ? ""u8 : ","u8]));
        }

        if (askForUsage && !hasOptions)
        {
            edits.Add(new BodyEdit(closingBrace, 0, OptionsMember));
        }

        return new SplicedBody(body, edits);
    }

    private static BodyEdit ReplaceValue(ref Utf8JsonReader reader, byte[] text)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new BodyEdit(start, (int)reader.BytesConsumed - start, text);
    }

    private static void AskInOptions(ref Utf8JsonReader reader, List<BodyEdit> edits)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            edits.Add(new BodyEdit(start, (int)reader.BytesConsumed - start, UsageOptions));
            return;
        }

        var (found, isEmpty) = (false, true);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            if (reader.ValueTextEquals("include_usage"u8))
            {
                found = true;
                edits.Add(ReplaceValue(ref reader, True));
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (!found)
        {
            edits.Add(new BodyEdit(start + 1, 0, isEmpty ? UsageMember : UsageMemberFirst));
        }
    }

    private static byte[] Quote(string model)
    {
        var encoded = JsonEncodedText.Encode(model, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        return [(byte)'"', .. encoded.EncodedUtf8Bytes, (byte)'"'];
    }
}
