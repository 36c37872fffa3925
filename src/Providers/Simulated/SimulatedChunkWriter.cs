using System.Buffers;
using InferenceBroker.Domain.Jobs;

namespace InferenceBroker.Providers.Simulated;

/// <summary>Writes the events of one streamed answer.</summary>
internal sealed class SimulatedChunkWriter
{
    private readonly SimulatedCall _call;
    private readonly SimulatedTokens _tokens;
    private readonly bool _isChat;
    private readonly byte[] _head;

    public SimulatedChunkWriter(SimulatedCall call)
    {
        _call = call;
        _tokens = call.CreateTokens();
        _isChat = call.Request.Operation == Operation.ChatCompletions;
        var head = new ArrayBufferWriter<byte>(192);
        head.Write("data: "u8);
        SimulatedAnswerWriter.WriteHead(head, call, _isChat ? "chat.completion.chunk"u8 : "text_completion"u8);
        _head = head.WrittenSpan.ToArray();
    }

    /// <summary>The chunk that only names the role; legacy completions have none.</summary>
    public void WriteStart(IBufferWriter<byte> output)
    {
        if (_isChat)
        {
            output.Write(_head);
            output.Write(
                "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n"u8
            );
        }
    }

    public void WriteToken(IBufferWriter<byte> output)
    {
        output.Write(_head);
        output.Write(_isChat ? "{\"index\":0,\"delta\":{\"content\":\""u8 : "{\"index\":0,\"text\":\""u8);
        output.Write(_tokens.Next());
        output.Write(
            _isChat ? "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n"u8 : "\",\"logprobs\":null,\"finish_reason\":null}]}\n\n"u8
        );
    }

    /// <summary>Finish reason, usage where it was asked for, and <c>[DONE]</c>.</summary>
    public void WriteEnd(IBufferWriter<byte> output)
    {
        output.Write(_head);
        output.Write(
            _isChat
                ? "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\""u8
                : "{\"index\":0,\"text\":\"\",\"logprobs\":null,\"finish_reason\":\""u8
        );
        SimulatedAnswerWriter.WriteAscii(output, _call.Plan.FinishReason);
        output.Write("\"}]}\n\n"u8);
        if (_call.Request.IncludesUsage)
        {
            output.Write(_head);
            output.Write("],"u8);
            SimulatedAnswerWriter.WriteUsage(output, _call);
            output.Write("}\n\n"u8);
        }

        output.Write("data: [DONE]\n\n"u8);
    }
}
