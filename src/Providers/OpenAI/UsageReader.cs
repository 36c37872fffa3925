using System.Text.Json;
using InferenceBroker.Domain.Pricing;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Reads a <c>usage</c> object, under the chat names or those of the responses dialect.</summary>
internal static class UsageReader
{
    /// <summary>Expects the reader at the object's start and leaves it at its end. Null: no counts in it.</summary>
    public static TokenUsage? Read(ref Utf8JsonReader reader)
    {
        int? input = null;
        int? output = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isInput = reader.ValueTextEquals("prompt_tokens"u8) || reader.ValueTextEquals("input_tokens"u8);
            var isOutput = !isInput && (reader.ValueTextEquals("completion_tokens"u8) || reader.ValueTextEquals("output_tokens"u8));
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var count))
            {
                input = isInput ? count : input;
                output = isOutput ? count : output;
            }

            reader.Skip();
        }

        return input is null && output is null ? null : new TokenUsage(input ?? 0, output ?? 0);
    }
}
