using System.Text.Json;
using InferenceBroker.Providers.Failures;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Reads an answer's facts in one pass over its bytes, without a document tree.</summary>
internal static class AnswerReader
{
    /// <summary>False: no JSON object.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out AnswerFacts facts)
    {
        facts = default;
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember(ref reader, ref facts);
            }

            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void ReadMember(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        if (reader.ValueTextEquals("choices"u8))
        {
            reader.Read();
            ReadChoices(ref reader, ref facts);
        }
        else if (reader.ValueTextEquals("data"u8))
        {
            reader.Read();
            facts.HasItems = reader.TokenType == JsonTokenType.StartArray;
            facts.HasAnyItem = facts.HasContent = IsFilled(ref reader);
        }
        else if (reader.ValueTextEquals("usage"u8))
        {
            reader.Read();
            ReadUsage(ref reader, ref facts);
        }
        else if (reader.ValueTextEquals("x_groq"u8))
        {
            reader.Read();
            ReadUsageInside(ref reader, ref facts);
        }
        else if (reader.ValueTextEquals("error"u8))
        {
            reader.Read();
            facts.HasError = reader.TokenType == JsonTokenType.StartObject || IsFilled(ref reader);
            reader.Skip();
        }
        else
        {
            reader.Read();
            reader.Skip();
        }
    }

    private static void ReadChoices(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        facts.HasItems = reader.TokenType == JsonTokenType.StartArray;
        if (!facts.HasItems)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            facts.HasAnyItem = true;
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadChoice(ref reader, ref facts);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadChoice(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("message"u8))
            {
                reader.Read();
                ReadMessage(ref reader, ref facts);
            }
            else if (reader.ValueTextEquals("text"u8))
            {
                reader.Read();
                facts.HasContent |= IsFilled(ref reader);
            }
            else if (reader.ValueTextEquals("finish_reason"u8))
            {
                reader.Read();
                ReadFinishReason(ref reader, ref facts);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                ReadUsage(ref reader, ref facts);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private static void ReadMessage(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRole = reader.ValueTextEquals("role"u8);
            reader.Read();
            var isFilled = IsFilled(ref reader);
            facts.HasContent |= isFilled && !isRole;
        }
    }

    private static void ReadFinishReason(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0)
        {
            facts.IsFinished = true;
            facts.FailedReason ??= FinishReasons.FindFailed(reader.ValueSpan);
        }

        reader.Skip();
    }

    private static void ReadUsageInside(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUsage = reader.ValueTextEquals("usage"u8);
            reader.Read();
            if (isUsage)
            {
                ReadUsage(ref reader, ref facts);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadUsage(ref Utf8JsonReader reader, ref AnswerFacts facts)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            facts.Usage = UsageReader.Read(ref reader) ?? facts.Usage;
        }

        reader.Skip();
    }

    /// <summary>A string that is not empty, or an array or object with anything in it, or a number or true. Leaves the reader at the value's end.</summary>
    private static bool IsFilled(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.ValueSpan.Length > 0;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                var start = reader.BytesConsumed;
                reader.Skip();
                return reader.BytesConsumed - start > 1;
            default:
                return reader.TokenType is JsonTokenType.Number or JsonTokenType.True;
        }
    }
}
