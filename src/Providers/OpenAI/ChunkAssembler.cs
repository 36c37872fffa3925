using System.Buffers;
using System.Text.Json;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Puts the chunks of a stream together to the answer that a plain call would have given.</summary>
internal sealed class ChunkAssembler(Operation operation)
{
    private readonly MergedObject _answer = new();
    private bool _isEmpty = true;

    /// <exception cref="JsonException">The chunk is no JSON.</exception>
    public void Add(ReadOnlySpan<byte> chunk)
    {
        var reader = new Utf8JsonReader(chunk);
        reader.Read();
        _answer.Merge(ref reader, chunk);
        _isEmpty = false;
    }

    /// <summary>Null where no chunk came. Ends the assembly.</summary>
    public byte[]? Build()
    {
        if (_isEmpty)
        {
            return null;
        }

        _answer.Set("object"u8, operation == Operation.ChatCompletions ? "\"chat.completion\""u8 : "\"text_completion\""u8);
        _answer.SetIfMissing("choices"u8, "[]"u8);
        foreach (var (_, choice) in _answer.Find("choices"u8)?.Items ?? [])
        {
            Complete(choice);
        }

        var output = new ArrayBufferWriter<byte>(1024);
        _answer.WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    private void Complete(MergedObject choice)
    {
        choice.SetIfMissing("finish_reason"u8, "null"u8);
        if (operation != Operation.ChatCompletions)
        {
            return;
        }

        choice.SetIfMissing("delta"u8, "{}"u8);
        choice.Rename("delta"u8, "message"u8);
        if (choice.Find("message"u8)?.Object is not { } message)
        {
            return;
        }

        message.SetIfMissing("role"u8, "\"assistant\""u8);
        message.SetIfMissing("content"u8, "null"u8);
        foreach (var (_, call) in message.Find("tool_calls"u8)?.Items ?? [])
        {
            call.Remove("index"u8); // belongs to chunks only
        }
    }
}
