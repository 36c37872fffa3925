using System.Collections.Concurrent;
using System.Net;
using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>
/// Pooled connections for the whole process. A handler knows one connect limit and one proxy, so there is one handler for each pair in use: usually one.
/// </summary>
internal sealed class PooledTransport(TimeProvider time) : IProviderTransport, IDisposable
{
    private readonly ConcurrentDictionary<(TimeSpan Connect, string? Proxy), HttpMessageInvoker> _invokers = new();

    public HttpMessageInvoker For(ProviderCall call)
    {
        call.Connection.Settings.TryGetValue("proxy", out var proxy);
        return _invokers.GetOrAdd(
            (call.Timeouts.Connect, proxy),
            static (key, time) => new HttpMessageInvoker(Create(key.Connect, key.Proxy, time)),
            time
        );
    }

    public void Dispose()
    {
        foreach (var invoker in _invokers.Values)
        {
            invoker.Dispose();
        }
    }

    private static SocketsHttpHandler Create(TimeSpan connect, string? proxy, TimeProvider time) =>
        new()
        {
            ConnectCallback = new LimitedConnect(connect, time, LimitedConnect.ByTcpAsync).RunAsync,
            ConnectTimeout = connect * 2, // connecting and the TLS handshake have the limit each
            // Provider names move between addresses, and load balancers dislike connections that never end.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
            MaxConnectionsPerServer = int.MaxValue,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            AllowAutoRedirect = false, // would send the key to another host
            UseCookies = false,
            UseProxy = proxy is not null, // never by an environment variable that nobody remembers
            Proxy = proxy is null ? null : new WebProxy(proxy),
            ActivityHeadersPropagator = null, // our trace ids are no business of the provider's
        };
}
