using System.Text.Json;
using InferenceBroker.Domain.Routing;

namespace InferenceBroker.Api.Submission;

/// <summary>Passes over a prompt (<c>messages</c>, <c>input</c>, <c>prompt</c>) as a plain skip would, and sees the images in it.</summary>
internal static class PromptScan
{
    private const int ShortestMedia = 256;

    /// <summary>The reader stands on the field's name before and on the value's last token after.</summary>
    public static void Read(ref Utf8JsonReader json, RequestTraits traits)
    {
        json.Read();
        var start = (int)json.TokenStartIndex;
        if (json.TokenType == JsonTokenType.StartArray)
        {
            ScanItems(ref json, traits);
        }
        else
        {
            json.Skip();
        }

        if (traits.Prompt == default && json.TokenType != JsonTokenType.Null)
        {
            traits.Prompt = new ByteRange(start, (int)json.BytesConsumed);
        }
    }

    /// <summary>Images stand in <c>[ { "content": [ { "type": "image_url", … } ] } ]</c>; the same words elsewhere mean nothing.</summary>
    private static void ScanItems(ref Utf8JsonReader json, RequestTraits traits)
    {
        var depth = json.CurrentDepth;
        var inContent = false;
        while (json.Read() && (json.TokenType != JsonTokenType.EndArray || json.CurrentDepth != depth))
        {
            if (json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.CurrentDepth == depth + 2)
                {
                    inContent = json.ValueTextEquals("content"u8);
                }
                else if (inContent && json.CurrentDepth == depth + 4 && json.ValueTextEquals("type"u8))
                {
                    json.Read();
                    traits.Uses |= IsImage(json) ? Capabilities.Vision : Capabilities.None;
                }
            }
            else if (inContent && json.TokenType == JsonTokenType.String)
            {
                CountMedia(json.ValueSpan, traits);
            }
        }
    }

    private static bool IsImage(in Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String && (json.ValueTextEquals("image_url"u8) || json.ValueTextEquals("input_image"u8));

    private static void CountMedia(ReadOnlySpan<byte> text, RequestTraits traits)
    {
        if (text.Length >= ShortestMedia && text.StartsWith("data:"u8))
        {
            traits.MediaBytes += text.Length;
            traits.MediaCount++;
        }
    }
}
