using System.Text.Json;
using InferenceBroker.Api.Errors;

namespace InferenceBroker.Api.Submission;

/// <summary>Finds in one pass what the broker needs to know of an inference request.</summary>
internal static class InferenceBodyReader
{
    private const int MaxModelLength = 256;
    private const int MaxFallbacks = 8;
    private const int MaxTokens = 10_000_000;

    /// <summary>The reader stands on the request's first token before and on its last after.</summary>
    /// <param name="path">How errors name the fields: <c>body.</c> or nothing.</param>
    public static ApiError? Read(ref Utf8JsonReader json, string path, out InferenceBody body)
    {
        body = new InferenceBody();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return ApiError.Invalid(path.Length == 0 ? "body" : path.TrimEnd('.'), "expected a JSON object.");
        }

        var start = (int)json.TokenStartIndex;
        var cut = new CutState((int)json.BytesConsumed);
        ApiError? error = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            cut.NextField((int)json.TokenStartIndex);
            error = ReadField(ref json, path, body, ref cut) ?? error;
            if (error is not null)
            {
                return error;
            }

            cut.FieldEnded((int)json.BytesConsumed);
        }

        cut.NextField((int)json.TokenStartIndex);
        body.Range = new ByteRange(start, (int)json.BytesConsumed);
        body.Cut = cut.Range;
        return null;
    }

    private static ApiError? ReadField(ref Utf8JsonReader json, string path, InferenceBody body, ref CutState cut)
    {
        ApiError? error = null;
        if (json.ValueTextEquals("model"u8))
        {
            error = FieldReader.Text(ref json, path + "model", MaxModelLength, out var model);
            body.Model = model;
        }
        else if (json.ValueTextEquals("messages"u8))
        {
            body.Messages = ReadInput(ref json, body.Traits);
        }
        else if (json.ValueTextEquals("prompt"u8))
        {
            body.Prompt = ReadInput(ref json, body.Traits);
        }
        else if (json.ValueTextEquals("input"u8))
        {
            body.Input = ReadInput(ref json, body.Traits);
        }
        else if (json.ValueTextEquals("stream"u8))
        {
            error = FieldReader.Flag(ref json, path + "stream", out var streaming);
            body.Streaming = streaming;
        }
        else if (json.ValueTextEquals("stream_options"u8))
        {
            body.WantsUsageChunk = ReadWantsUsage(ref json);
        }
        else if (json.ValueTextEquals("max_tokens"u8))
        {
            error = FieldReader.Integer(ref json, path + "max_tokens", 0, MaxTokens, out var tokens);
            body.MaxOutputTokens ??= tokens;
        }
        else if (json.ValueTextEquals("max_completion_tokens"u8))
        {
            error = FieldReader.Integer(ref json, path + "max_completion_tokens", 0, MaxTokens, out var tokens);
            body.MaxOutputTokens = tokens ?? body.MaxOutputTokens;
        }
        else if (json.ValueTextEquals("max_output_tokens"u8))
        {
            error = FieldReader.Integer(ref json, path + "max_output_tokens", 0, MaxTokens, out var tokens);
            body.MaxOutputTokens ??= tokens;
        }
        else if (json.ValueTextEquals("fallbacks"u8))
        {
            if (!cut.Begin())
            {
                return ApiError.Invalid(path + "fallbacks", "it stands there twice.");
            }

            error = FieldReader.Texts(ref json, path + "fallbacks", MaxFallbacks, MaxModelLength, out var fallbacks);
            body.Fallbacks = fallbacks;
        }
        else if (!body.Traits.TryRead(ref json))
        {
            json.Read();
            json.Skip();
        }

        return error;
    }

    private static InputKind ReadInput(ref Utf8JsonReader json, RequestTraits traits)
    {
        var ahead = json;
        traits.TryRead(ref json);
        return KindOf(ref ahead);
    }

    private static InputKind KindOf(ref Utf8JsonReader json)
    {
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                return json.ValueSpan.Length == 0 ? InputKind.Empty : InputKind.Text;
            case JsonTokenType.StartArray:
                json.Read();
                return json.TokenType == JsonTokenType.EndArray ? InputKind.Empty : InputKind.Items;
            case JsonTokenType.Null:
                return InputKind.Absent;
            default:
                return InputKind.Wrong;
        }
    }

    private static bool ReadWantsUsage(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return false;
        }

        var wants = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isUsage = json.ValueTextEquals("include_usage"u8);
            json.Read();
            wants |= isUsage && json.TokenType == JsonTokenType.True;
            json.Skip();
        }

        return wants;
    }
}
