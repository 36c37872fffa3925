using System.Net.Sockets;
using Polly;
using Polly.Timeout;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>Opens connections within the connect limit. The HTTP handler calls it, since only it knows when a connection is needed.</summary>
internal sealed class LimitedConnect(
    TimeSpan limit,
    TimeProvider time,
    Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect
)
{
    private readonly ResiliencePipeline _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = _ => ValueTask.FromResult(limit) })
        .Build();

    /// <exception cref="TimeoutRejectedException">The limit has passed.</exception>
    public ValueTask<Stream> RunAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        _pipeline.ExecuteAsync(static (state, token) => state.connect(state.context, token), (connect, context), cancellationToken);

    /// <summary>As the handler does it by itself.</summary>
    public static async ValueTask<Stream> ByTcpAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
