using InferenceBroker.Providers.Calls;
using InferenceBroker.Providers.OpenAI;

namespace InferenceBroker.Providers.Simulated;

/// <summary>Calls a simulated provider in the same process, without a network.</summary>
internal sealed class SimulatedClient(SimulatedProviders providers, TimeProvider time) : IProviderClient
{
    private readonly OpenAiCaller _caller = new(providers, time);

    public string Kind => "simulated";

    public Task<ProviderAnswer> SendAsync(ProviderCall call, IChunkSink sink, CancellationToken cancellationToken) =>
        _caller.SendAsync(call, sink, cancellationToken);
}
