using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Providers.Simulated;

/// <summary>Writes plain answers and errors as bytes.</summary>
internal static class SimulatedAnswerWriter
{
    public static void WriteAnswer(IBufferWriter<byte> output, SimulatedCall call)
    {
        if (call.Request.Operation == Operation.Embeddings)
        {
            WriteEmbeddings(output, call);
            return;
        }

        var isChat = call.Request.Operation == Operation.ChatCompletions;
        WriteHead(output, call, isChat ? "chat.completion"u8 : "text_completion"u8);
        output.Write(isChat ? "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""u8 : "{\"index\":0,\"text\":\""u8);
        var tokens = call.CreateTokens();
        for (var i = 0; i < call.Plan.OutputTokens; i++)
        {
            output.Write(tokens.Next());
        }

        output.Write(
            isChat ? "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\""u8 : "\",\"logprobs\":null,\"finish_reason\":\""u8
        );
        WriteAscii(output, call.Plan.FinishReason);
        output.Write("\"}],"u8);
        WriteUsage(output, call);
        output.Write("}"u8);
    }

    public static void WriteError(IBufferWriter<byte> output, SimulatedFault fault)
    {
        var (type, code, message) = SimulatedErrors.Describe(fault);
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("message", message);
        writer.WriteString("type", type);
        writer.WriteNull("param");
        writer.WriteString("code", code);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>From the brace to the bracket of <c>choices</c>.</summary>
    public static void WriteHead(IBufferWriter<byte> output, SimulatedCall call, ReadOnlySpan<byte> kind)
    {
        output.Write(call.Request.Operation == Operation.ChatCompletions ? "{\"id\":\"chatcmpl-sim-"u8 : "{\"id\":\"cmpl-sim-"u8);
        WriteNumber(output, call.Number);
        output.Write("\",\"object\":\""u8);
        output.Write(kind);
        output.Write("\",\"created\":"u8);
        WriteNumber(output, call.Created);
        output.Write(",\"model\":\""u8);
        output.Write(call.Script.Model.EncodedUtf8Bytes);
        output.Write("\",\"choices\":["u8);
    }

    public static void WriteUsage(IBufferWriter<byte> output, SimulatedCall call)
    {
        output.Write("\"usage\":{\"prompt_tokens\":"u8);
        WriteNumber(output, call.Request.InputTokens);
        if (call.Request.Operation != Operation.Embeddings)
        {
            output.Write(",\"completion_tokens\":"u8);
            WriteNumber(output, call.Plan.OutputTokens);
        }

        output.Write(",\"total_tokens\":"u8);
        WriteNumber(output, call.Request.InputTokens + call.Plan.OutputTokens);
        output.Write("}"u8);
    }

    public static void WriteAscii(IBufferWriter<byte> output, string text)
    {
        var span = output.GetSpan(text.Length);
        System.Text.Encoding.ASCII.GetBytes(text, span);
        output.Advance(text.Length);
    }

    private static void WriteNumber(IBufferWriter<byte> output, long number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(20), out var written);
        output.Advance(written);
    }

    private static void WriteEmbeddings(IBufferWriter<byte> output, SimulatedCall call)
    {
        var vector = new float[Math.Min(call.Request.Dimensions ?? call.Options.Dimensions, 8192)];
        output.Write("{\"object\":\"list\",\"data\":["u8);
        for (var i = 0; i < call.Request.Inputs.Count; i++)
        {
            SimulatedEmbedding.Fill(call.Request.Inputs[i], vector);
            output.Write(i == 0 ? "{\"object\":\"embedding\",\"index\":"u8 : ",{\"object\":\"embedding\",\"index\":"u8);
            WriteNumber(output, i);
            output.Write(",\"embedding\":"u8);
            WriteVector(output, vector, call.Request.IsBase64);
            output.Write("}"u8);
        }

        output.Write("],\"model\":\""u8);
        output.Write(call.Script.Model.EncodedUtf8Bytes);
        output.Write("\","u8);
        WriteUsage(output, call);
        output.Write("}"u8);
    }

    private static void WriteVector(IBufferWriter<byte> output, float[] vector, bool asBase64)
    {
        if (asBase64)
        {
            var bytes = MemoryMarshal.AsBytes(vector.AsSpan());
            output.Write("\""u8);
            Base64.EncodeToUtf8(bytes, output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var count);
            output.Advance(count);
            output.Write("\""u8);
            return;
        }

        output.Write("["u8);
        for (var i = 0; i < vector.Length; i++)
        {
            output.Write(i == 0 ? ""u8 : ","u8);
            Utf8Formatter.TryFormat(vector[i], output.GetSpan(32), out var written);
            output.Advance(written);
        }

        output.Write("]"u8);
    }
}
