using InferenceBroker.Hosting.Tests.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace InferenceBroker.Hosting.Tests.Start;

/// <summary>A role in this process on SQLite and the in-memory transport, with nothing but what hosting brings.</summary>
internal sealed class HostedRole : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;

    private HostedRole(TemporaryFolder folder, WebApplication app)
    {
        _folder = folder;
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<HostedRole> StartAsync(Action<IServiceCollection>? change = null)
    {
        var folder = new TemporaryFolder();
        var file = folder.Write("broker.json", Loading.Minimal);
        var builder = WebApplication.CreateBuilder([
            "--config",
            file,
            "--data",
            Path.Combine(folder.Path, "data"),
            "--urls",
            "http://127.0.0.1:0",
        ]);
        builder.AddBrokerHosting(BrokerRoles.Api);
        builder.Configuration["Logging:LogLevel:InferenceBroker"] = "Warning";
        change?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapBrokerHealth();
        await app.StartAsync();
        return new HostedRole(folder, app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
