using System.Text.Json;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Api.Submission;

/// <summary>What placement needs to know of an inference request, collected while somebody reads it: its fields are offered one by one.</summary>
public sealed class RequestTraits
{
    /// <summary>What the request asks of a model beyond text.</summary>
    internal Capabilities Uses { get; set; }

    /// <summary>Where the prompt stands in the received bytes; empty where there is none.</summary>
    internal ByteRange Prompt { get; set; }

    /// <summary>Where the value of <c>prompt_cache_key</c> stands, without its quotes; empty where there is none.</summary>
    internal ByteRange CacheKey { get; private set; }

    /// <summary>Where the request's own <c>metadata</c> object stands; empty where there is none.</summary>
    internal ByteRange Metadata { get; private set; }

    /// <summary>Bytes of images and files inside the prompt, which are no text.</summary>
    internal int MediaBytes { get; set; }

    /// <summary>How many images and files stand inside the prompt.</summary>
    internal int MediaCount { get; set; }

    /// <summary>The reader stands on a field's name. True: the field was read, and the reader stands on its value's last token.</summary>
    public bool TryRead(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("messages"u8) || json.ValueTextEquals("input"u8) || json.ValueTextEquals("prompt"u8))
        {
            PromptScan.Read(ref json, this);
        }
        else if (json.ValueTextEquals("tools"u8) || json.ValueTextEquals("functions"u8))
        {
            Uses |= IsFilledArray(ref json) ? Capabilities.Tools : Capabilities.None;
        }
        else if (json.ValueTextEquals("response_format"u8))
        {
            Uses |= HasType(ref json, "json_schema"u8) ? Capabilities.JsonSchema : Capabilities.None;
        }
        else if (json.ValueTextEquals("text"u8))
        {
            ReadText(ref json);
        }
        else if (json.ValueTextEquals("prompt_cache_key"u8))
        {
            CacheKey = ReadCacheKey(ref json);
        }
        else if (json.ValueTextEquals("metadata"u8))
        {
            Metadata = ReadMetadata(ref json);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool IsFilledArray(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return false;
        }

        var depth = json.CurrentDepth;
        json.Read();
        var isFilled = json.TokenType != JsonTokenType.EndArray;
        while (json.TokenType != JsonTokenType.EndArray || json.CurrentDepth != depth)
        {
            json.Read();
        }

        return isFilled;
    }

    /// <summary>The object has a <c>type</c> of this value.</summary>
    private static bool HasType(ref Utf8JsonReader json, ReadOnlySpan<byte> type)
    {
        json.Read();
        var has = false;
        if (json.TokenType == JsonTokenType.StartObject)
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isType = json.ValueTextEquals("type"u8);
                json.Read();
                has |= isType && json.TokenType == JsonTokenType.String && json.ValueTextEquals(type);
                json.Skip();
            }
        }

        json.Skip();
        return has;
    }

    private void ReadText(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.StartObject)
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("format"u8))
                {
                    Uses |= HasType(ref json, "json_schema"u8) ? Capabilities.JsonSchema : Capabilities.None;
                }
                else
                {
                    json.Read();
                    json.Skip();
                }
            }
        }

        json.Skip();
    }

    private static ByteRange ReadCacheKey(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.String)
        {
            json.Skip();
            return default;
        }

        var start = (int)json.TokenStartIndex + 1;
        return new ByteRange(start, start + json.ValueSpan.Length);
    }

    private static ByteRange ReadMetadata(ref Utf8JsonReader json)
    {
        json.Read();
        var isObject = json.TokenType == JsonTokenType.StartObject;
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return isObject ? new ByteRange(start, (int)json.BytesConsumed) : default;
    }
}
