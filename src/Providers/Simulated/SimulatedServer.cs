using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace InferenceBroker.Providers.Simulated;

/// <summary>A simulated provider as a server of its own, for rehearsals, benchmarks and tests across a real network.</summary>
public sealed class SimulatedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimulatedServer(WebApplication app, SimulatedProvider provider, Uri address)
    {
        _app = app;
        Provider = provider;
        Address = address;
    }

    /// <summary>The provider that answers, with its ledger and its behaviour.</summary>
    public SimulatedProvider Provider { get; }

    /// <summary>Such as <c>http://127.0.0.1:9000</c>.</summary>
    public Uri Address { get; }

    /// <summary>What a provider's <c>baseUrl</c> must say to reach it.</summary>
    public Uri BaseUrl => new(Address, "/v1");

    /// <summary>Starts it.</summary>
    /// <param name="port">0: any free port.</param>
    /// <param name="address">Null: only this machine can reach it.</param>
    public static async Task<SimulatedServer> StartAsync(
        SimulatedOptions options,
        int port = 0,
        IPAddress? address = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default
    )
    {
        var provider = new SimulatedProvider(options, time ?? TimeProvider.System);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(address ?? IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.UseRouting();
        app.MapSimulatedProvider(provider);
        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new SimulatedServer(app, provider, new Uri(addresses.First()));
    }

    /// <summary>Ends when the server was stopped, or the token asks for it.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
