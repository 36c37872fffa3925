using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.Failures;
using Polly;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>One request and its answer. What was read before a limit passed is still there to be told.</summary>
internal sealed class CallExchange(
    ProviderCall call,
    Func<HttpRequestMessage> createRequest,
    HttpMessageInvoker invoker,
    CallLimits limits,
    IChunkSink sink,
    TimeProvider time,
    CancellationToken caller
) : IDisposable
{
    private readonly long _started = time.GetTimestamp();
    private HttpResponseMessage? _response;
    private AnswerStream? _stream;
    private ProviderLimits? _limits;

    private int Status => _response is null ? 0 : (int)_response.StatusCode;

    /// <summary>Throws where the token of the context is cancelled, by the caller or by the total limit.</summary>
    public async ValueTask<ProviderAnswer> RunAsync(ResilienceContext context)
    {
        ProviderAnswer? refused;
        try
        {
            refused = await limits.Opening.ExecuteAsync(
                static (context, exchange) => exchange.OpenAsync(context.CancellationToken),
                context,
                this
            );
        }
        catch (Exception exception) when (CallFaults.AreOf(exception))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            return Failed(CallFaults.Explain(call, exception, CallLimit.FirstToken));
        }

        if (refused is not null)
        {
            return refused;
        }

        return _stream is null
            ? await ReadPlainAsync(context.CancellationToken)
            : WithLimits(_stream.AnswerWith(await _stream.ReadAsync(context)));
    }

    /// <summary>The answer as far as it came, with what ended it.</summary>
    public ProviderAnswer Failed(ProviderFailure failure) =>
        WithLimits(_stream?.AnswerWith(failure) ?? new ProviderAnswer { Failure = failure, StatusCode = Status });

    public void Dispose()
    {
        _stream?.Dispose();
        _response?.Dispose();
    }

    private ProviderAnswer WithLimits(ProviderAnswer answer) => _limits is null ? answer : answer with { Limits = _limits };

    /// <summary>Not null: the answer is an error.</summary>
    private async ValueTask<ProviderAnswer?> OpenAsync(CancellationToken cancellationToken)
    {
        using var request = createRequest();
        _response = await invoker.SendAsync(request, cancellationToken);
        _limits = RateLimitHeaders.Read(_response.Headers, time.GetUtcNow());
        if (!_response.IsSuccessStatusCode)
        {
            return await ReadErrorAsync(_response, cancellationToken);
        }

        if (CallLimits.IsStream(call))
        {
            _stream = new AnswerStream(call, limits, sink, time, _started, caller);
            await _stream.OpenAsync(_response, cancellationToken);
        }

        return null;
    }

    private async Task<ProviderAnswer> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] body;
        try
        {
            body = await BodyReader.ReadAsync(response.Content, BodyReader.LongestError, cut: true, cancellationToken);
        }
        catch (Exception exception) when (CallFaults.AreOf(exception))
        {
            caller.ThrowIfCancellationRequested();
            body = []; // the status says enough
        }

        var status = (int)response.StatusCode;
        return Failed(ProviderFailures.FromAnswer(call.Connection.Name, status, response.Headers, body, time.GetUtcNow()));
    }

    private async Task<ProviderAnswer> ReadPlainAsync(CancellationToken cancellationToken)
    {
        var firstToken = time.GetElapsedTime(_started);
        byte[] body;
        try
        {
            body = await BodyReader.ReadAsync(_response!.Content, BodyReader.LongestAnswer, cut: false, cancellationToken);
        }
        catch (Exception exception) when (CallFaults.AreOf(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Failed(CallFaults.Explain(call, exception, CallLimit.Total));
        }

        var isJson = AnswerReader.TryRead(body, out var facts);
        return new ProviderAnswer
        {
            Failure = isJson ? PlainVerdict.Of(call.Connection.Name, body, facts) : PlainVerdict.NoJson(call.Connection.Name),
            StatusCode = Status,
            Body = isJson ? body : null,
            Usage = facts.Usage,
            TimeToFirstToken = firstToken,
            HasOutput = facts.HasContent,
            Limits = _limits,
        };
    }
}
