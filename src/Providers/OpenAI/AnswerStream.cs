using System.Text;
using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.Failures;
using InferenceBroker.Providers.Sse;
using Polly;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Reads one streamed answer: hands its chunks on, keeps its facts, and puts the whole together.</summary>
internal sealed class AnswerStream(
    ProviderCall call,
    CallLimits limits,
    IChunkSink sink,
    TimeProvider time,
    long started,
    CancellationToken caller
) : IDisposable
{
    private readonly ChunkAssembler _assembler = new(call.Operation);
    private AnswerFacts _facts;
    private TimeSpan? _firstToken;
    private int _status;
    private SseReader? _reader;
    private bool _isEvent;
    private ProviderFailure? _noStream;

    private string Provider => call.Connection.Name;

    /// <summary>Reads as far as the first event.</summary>
    public async ValueTask OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        _status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            _noStream = await ReadPlainAnswerAsync(response, cancellationToken);
            return;
        }

        _reader = new SseReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        _isEvent = await _reader.ReadAsync(cancellationToken);
    }

    /// <summary>Hands on the first event and all that follow; null where the answer is complete. Open first.</summary>
    public async ValueTask<ProviderFailure?> ReadAsync(ResilienceContext context)
    {
        if (_reader is not { } reader)
        {
            return _noStream;
        }

        while (_isEvent)
        {
            if (reader.Data.Span.SequenceEqual("[DONE]"u8))
            {
                return JudgeFinish();
            }

            if (TakeFacts(reader) is { } failure)
            {
                return failure;
            }

            // No limit but the total: a reader that is busy is not the provider's silence.
            await HandOnAsync(reader.Data);
            try
            {
                _isEvent = reader.TryRead() || await WaitForEventAsync(reader, context);
            }
            catch (Exception exception) when (CallFaults.AreOf(exception))
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                return CallFaults.Explain(call, exception, CallLimit.Idle);
            }
        }

        return JudgeEnd();
    }

    /// <summary>The answer as far as it came.</summary>
    public ProviderAnswer AnswerWith(ProviderFailure? failure) =>
        new()
        {
            Failure = failure,
            StatusCode = _status,
            Body = _assembler.Build(),
            Usage = _facts.Usage,
            TimeToFirstToken = _firstToken,
            HasOutput = _facts.HasContent,
        };

    public void Dispose() => _reader?.Dispose();

    private ValueTask<bool> WaitForEventAsync(SseReader reader, ResilienceContext context) =>
        limits.Idle.ExecuteAsync(static (context, reader) => reader.ReadAsync(context.CancellationToken), context, reader);

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
        _firstToken ??= facts.HasContent ? time.GetElapsedTime(started) : null;
        _assembler.Add(data.Span);
        return null;
    }

    private ValueTask HandOnAsync(ReadOnlyMemory<byte> data)
    {
        // Line breaks can only stand between the tokens of a JSON text, so a space does as well.
        var chunk = Encoding.UTF8.GetString(data.Span);
        chunk = chunk.Contains('\n') ? chunk.Replace('\n', ' ') : chunk;
        return sink.OnChunkAsync(chunk, caller);
    }

    private ProviderFailure? JudgeFinish() =>
        _facts.FailedReason is { } reason ? ProviderFailures.Transient(Provider, $"gave up with the finish reason '{reason}'")
        : _facts.IsFinished || _facts.HasContent ? null
        : ProviderFailures.Transient(Provider, "sent a stream without an answer");

    private ProviderFailure? JudgeEnd() => _facts.IsFinished ? JudgeFinish() : Unterminated();

    private ProviderFailure Unterminated() => ProviderFailures.Transient(Provider, "sent an unterminated stream");

    /// <summary>A server that ignores <c>stream</c>, or that sends an error with status 200.</summary>
    private async Task<ProviderFailure> ReadPlainAnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await BodyReader.ReadAsync(response.Content, BodyReader.LongestError, cut: true, cancellationToken);
        return AnswerReader.TryRead(body, out var facts) && facts.HasError
            ? ProviderFailures.FromErrorInAnswer(Provider, body)
            : ProviderFailures.Transient(Provider, "answered a streaming request without a stream");
    }
}
