using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using InferenceBroker.Providers.Simulated;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace InferenceBroker.Providers.Tests.OpenAI;

/// <summary>A simulated provider behind TLS with a certificate of its own making, which writes down who called over what.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Protocol, string Connection)> _calls = new();
    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _app;

    private TlsServer(HttpProtocols protocols)
    {
        _certificate = CreateCertificate();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate).Protocols = protocols)
        );
        _app = builder.Build();
        _app.Use(
            (context, next) =>
            {
                _calls.Enqueue((context.Request.Protocol, context.Connection.Id));
                return next(context);
            }
        );
        _app.UseRouting();
        _app.MapSimulatedProvider(new SimulatedProvider(new SimulatedOptions(), TimeProvider.System));
    }

    public string BaseUrl => $"{_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/v1";

    /// <summary>What a client has to trust.</summary>
    public X509Certificate2Collection Roots => [_certificate];

    public IEnumerable<string> Protocols => _calls.Select(call => call.Protocol);

    public IEnumerable<string> Connections => _calls.Select(call => call.Connection).Distinct();

    public static async Task<TlsServer> StartAsync(HttpProtocols protocols)
    {
        var server = new TlsServer(protocols);
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
