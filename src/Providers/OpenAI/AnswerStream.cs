using System.Text;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.Failures;
using InferenceBroker.Providers.Sse;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Reads one streamed answer: hands its chunks on, keeps its facts, and puts the whole together.</summary>
internal sealed class AnswerStream(ProviderCall call, CallClock clock, IChunkSink sink, CancellationToken caller)
{
    private readonly ChunkAssembler _assembler = new(call.Operation);
    private AnswerFacts _facts;
    private TimeSpan? _firstToken;

    private string Provider => call.Connection.Name;

    public async Task<ProviderAnswer> ReadAsync(HttpResponseMessage response)
    {
        var failure =
            response.Content.Headers.ContentType?.MediaType == "application/json"
                ? await ReadPlainAnswerAsync(response)
                : await ReadEventsAsync(response);
        return new ProviderAnswer
        {
            Failure = failure,
            StatusCode = (int)response.StatusCode,
            Body = _assembler.Build(),
            Usage = _facts.Usage,
            TimeToFirstToken = _firstToken,
            HasOutput = _facts.HasContent,
        };
    }

    private async Task<ProviderFailure?> ReadEventsAsync(HttpResponseMessage response)
    {
        SseReader? reader = null;
        try
        {
            while (true)
            {
                bool isEvent;
                try
                {
                    reader ??= new SseReader(await response.Content.ReadAsStreamAsync(clock.Token));
                    isEvent = await reader.ReadAsync(clock.Token);
                }
                catch (Exception exception) when (OpenAiCaller.IsConnectionTrouble(exception))
                {
                    return clock.Explain(exception);
                }

                if (!isEvent)
                {
                    return JudgeEnd();
                }

                if (reader.Data.Span.SequenceEqual("[DONE]"u8))
                {
                    return JudgeFinish();
                }

                if (TakeFacts(reader) is { } failure)
                {
                    return failure;
                }

                await HandOnAsync(reader.Data);
            }
        }
        finally
        {
            reader?.Dispose();
        }
    }

    private ProviderFailure? TakeFacts(SseReader reader)
    {
        var data = reader.Data;
        if (reader.EventName == "error")
        {
            return ProviderFailures.FromErrorInAnswer(Provider, data);
        }

        if (!AnswerReader.TryRead(data.Span, out var facts))
        {
            return reader.IsAtEnd ? Unterminated() : ProviderFailures.Transient(Provider, "sent a malformed chunk: it is no JSON object");
        }

        if (facts.HasError)
        {
            return ProviderFailures.FromErrorInAnswer(Provider, data);
        }

        _facts.Usage = facts.Usage ?? _facts.Usage;
        _facts.HasContent |= facts.HasContent;
        _facts.IsFinished |= facts.IsFinished;
        _facts.FailedReason ??= facts.FailedReason;
        _firstToken ??= facts.HasContent ? clock.Elapsed : null;
        _assembler.Add(data.Span);
        return null;
    }

    private async ValueTask HandOnAsync(ReadOnlyMemory<byte> data)
    {
        // Line breaks can only stand between the tokens of a JSON text, so a space does as well.
        var chunk = Encoding.UTF8.GetString(data.Span);
        chunk = chunk.Contains('\n') ? chunk.Replace('\n', ' ') : chunk;
        var taken = sink.OnChunkAsync(chunk, caller);
        if (!taken.IsCompleted)
        {
            clock.WaitForReader();
        }

        await taken;
        clock.WaitForChunk();
    }

    private ProviderFailure? JudgeFinish() =>
        _facts.FailedReason is { } reason ? ProviderFailures.Transient(Provider, $"gave up with the finish reason '{reason}'")
        : _facts.IsFinished || _facts.HasContent ? null
        : ProviderFailures.Transient(Provider, "sent a stream without an answer");

    private ProviderFailure? JudgeEnd() => _facts.IsFinished ? JudgeFinish() : Unterminated();

    private ProviderFailure Unterminated() => ProviderFailures.Transient(Provider, "sent an unterminated stream");

    /// <summary>A server that ignores <c>stream</c>, or that sends an error with status 200.</summary>
    private async Task<ProviderFailure?> ReadPlainAnswerAsync(HttpResponseMessage response)
    {
        try
        {
            var body = await BodyReader.ReadAsync(response.Content, BodyReader.LongestError, cut: true, clock.Token);
            return AnswerReader.TryRead(body, out var facts) && facts.HasError
                ? ProviderFailures.FromErrorInAnswer(Provider, body)
                : ProviderFailures.Transient(Provider, "answered a streaming request without a stream");
        }
        catch (Exception exception) when (OpenAiCaller.IsConnectionTrouble(exception))
        {
            return clock.Explain(exception);
        }
    }
}
