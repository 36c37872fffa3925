namespace InferenceBroker.Providers.OpenAI;

/// <summary>The members of chunks that are more than their last value.</summary>
internal static class MergedNames
{
    public static bool IsJoined(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("content"u8)
        || name.SequenceEqual("arguments"u8)
        || name.SequenceEqual("text"u8)
        || name.SequenceEqual("reasoning_content"u8)
        || name.SequenceEqual("reasoning"u8)
        || name.SequenceEqual("refusal"u8)
        || name.SequenceEqual("data"u8)
        || name.SequenceEqual("transcript"u8);

    public static bool IsIndexed(ReadOnlySpan<byte> name) => name.SequenceEqual("choices"u8) || name.SequenceEqual("tool_calls"u8);
}
