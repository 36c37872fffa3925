using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using InferenceBroker.Api.Tests.Fakes;
using InferenceBroker.Domain.Jobs;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Messaging;
using InferenceBroker.Messaging.Inquiries;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Persistence.Placement;
using InferenceBroker.Persistence.Tenants;
using InferenceBroker.Providers.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InferenceBroker.Api.Tests;

/// <summary>The Api on a real port, over fakes that several hosts may share.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    public const string AdminKey = "sk-brk-adminadminadminadminadminadminadmin";
    public const string Key = "sk-brk-defaultdefaultdefaultdefaultdefault";

    private readonly WebApplication _app;

    private ApiHost(WebApplication app, World world)
    {
        _app = app;
        World = world;
        Url = app.Urls.Single();
        Http = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromSeconds(30) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public World World { get; }

    public string Url { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public FakeJobStore Store => World.Store;

    public FakeBus Bus => World.Bus;

    public FakeWorker Worker => World.Worker;

    public static async Task<ApiHost> StartAsync(World? world = null, params (string Key, string Value)[] settings)
    {
        world ??= new World();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([
            new("BROKER_ADMIN_KEY", AdminKey),
            new("BROKER_API_KEY", Key),
            .. settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)),
        ]);
        builder.Services.AddSingleton<TimeProvider>(world.Time);
        builder.Services.AddSingleton<ICatalogSource>(world.Catalog);
        builder.Services.AddSingleton<IJobStore>(world.Store);
        builder.Services.AddSingleton<IJobWriter>(world.Store);
        builder.Services.AddSingleton<ITenantStore>(world.Tenants);
        builder.Services.AddSingleton<IPlacementStore>(world.Placement);
        builder.Services.AddSingleton<IProviderConnections, FakeConnections>();
        builder.Services.AddSingleton<IMessageReceiver>(world.Bus);
        builder.Services.AddSingleton<IHintSender>(world.Bus);
        builder.Services.AddSingleton<ILeaderInquiry>(world.Leader);
        builder.Services.AddBrokerApi();
        var app = builder.Build();
        app.MapBrokerApi();
        await app.StartAsync();
        await world.Bus.Connected.WaitAsync(TimeSpan.FromSeconds(20));
        return new ApiHost(app, world);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, json, headers);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string? json = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Submits a small chat job.</summary>
    public async Task<JobId> SubmitAsync(bool stream = false)
    {
        var body = $$"""{"model":"model-a","messages":[{"role":"user","content":"Hi"}],"stream":{{(stream ? "true" : "false")}}}""";
        using var response = await PostAsync("/v1/jobs", $$"""{"body":{{body}}}""");
        response.EnsureSuccessStatusCode();
        return await Worker.NextAsync();
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    /// <summary>Moves the clock on in small steps until the task is done, for what waits for a timer.</summary>
    public async Task<T> AdvanceUntilAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            World.Time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }

        return await task;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
