using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Calls any server that speaks OpenAI's dialect.</summary>
internal sealed class OpenAiClient : IProviderClient, IDisposable
{
    private readonly PooledTransport _transport;
    private readonly OpenAiCaller _caller;

    public OpenAiClient(TimeProvider time)
    {
        _transport = new PooledTransport(time);
        _caller = new OpenAiCaller(_transport, time);
    }

    public string Kind => "openai";

    public Task<ProviderAnswer> SendAsync(ProviderCall call, IChunkSink sink, CancellationToken cancellationToken) =>
        _caller.SendAsync(call, sink, cancellationToken);

    public void Dispose() => _transport.Dispose();
}
