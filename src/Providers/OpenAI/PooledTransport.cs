using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using InferenceBroker.Providers.Calls;

namespace InferenceBroker.Providers.OpenAI;

/// <summary>
/// Pooled connections for the whole process. A handler knows one connect limit and one proxy, so there is one handler for each pair in use: usually one.
/// </summary>
/// <param name="roots">The only certificates to trust, for tests; null: those of the system. Names and validity are checked in either case.</param>
internal sealed class PooledTransport(TimeProvider time, X509Certificate2Collection? roots = null) : IProviderTransport, IDisposable
{
    private readonly ConcurrentDictionary<(TimeSpan Connect, string? Proxy), HttpMessageInvoker> _invokers = new();

    public HttpMessageInvoker For(ProviderCall call)
    {
        call.Connection.Settings.TryGetValue("proxy", out var proxy);
        return _invokers.GetOrAdd(
            (call.Timeouts.Connect, proxy),
            static (key, own) => new HttpMessageInvoker(own.Create(key.Connect, key.Proxy)),
            this
        );
    }

    public void Dispose()
    {
        foreach (var invoker in _invokers.Values)
        {
            invoker.Dispose();
        }
    }

    private SocketsHttpHandler Create(TimeSpan connect, string? proxy) =>
        new()
        {
            ConnectCallback = new LimitedConnect(connect, time, LimitedConnect.ByTcpAsync).RunAsync,
            ConnectTimeout = connect * 2, // connecting and the TLS handshake have the limit each
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = TrustOnly(roots) },
            // A call that is given up between two chunks is closed after this. The rest of a complete answer is there at once.
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(200),
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

    private static X509ChainPolicy? TrustOnly(X509Certificate2Collection? roots)
    {
        if (roots is null)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
