using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Workers.Tests.Fakes;

internal sealed class FakeProviderClient : IProviderClient
{
    public string Kind => "fake";

    public Signals<ProviderCall> Calls { get; } = new();

    public Func<ProviderCall, IChunkSink, CancellationToken, Task<ProviderAnswer>> OnSend { get; set; } =
        (_, _, _) => Task.FromResult(Bench.Answer());

    public Task<ProviderAnswer> SendAsync(ProviderCall call, IChunkSink sink, CancellationToken cancellationToken)
    {
        Calls.Add(call);
        return OnSend(call, sink, cancellationToken);
    }

    /// <summary>Calls last until they are stopped.</summary>
    public void Hang() =>
        OnSend = async (_, _, token) =>
        {
            await new TaskCompletionSource().Task.WaitAsync(token);
            return Bench.Answer();
        };

    public void Fail(ProviderFailure failure, int statusCode = 0, bool hasOutput = false) =>
        OnSend = (_, _, _) =>
            Task.FromResult(
                new ProviderAnswer
                {
                    Failure = failure,
                    StatusCode = statusCode,
                    HasOutput = hasOutput,
                }
            );

    /// <summary>Streams these chunks, then ends with the answer.</summary>
    public void Stream(ProviderAnswer answer, params string[] chunks) =>
        OnSend = async (_, sink, token) =>
        {
            foreach (var chunk in chunks)
            {
                await sink.OnChunkAsync(chunk, token);
            }

            return answer;
        };
}
