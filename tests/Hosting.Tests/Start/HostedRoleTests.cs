using System.Diagnostics.Metrics;
using System.Net;
using InferenceBroker.Domain.Routing;
using InferenceBroker.Hosting.Configuration;
using InferenceBroker.Messaging;
using InferenceBroker.Persistence.Tenants;
using InferenceBroker.Providers.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Start;

public sealed class HostedRoleTests
{
    [Fact]
    public async Task A_role_answers_its_health_checks_and_shows_metrics()
    {
        await using var role = await HostedRole.StartAsync(services => services.AddSingleton<IBusStatus>(new FixedBus(true)));

        (await role.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative))).ShouldBe("""{"status":"healthy","checks":{}}""");
        (await role.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldBe(
            """{"status":"healthy","checks":{"database":{"status":"healthy"},"transport":{"status":"healthy"},"configuration":{"status":"healthy"}}}"""
        );
        (await role.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).ShouldContain("dotnet_gc");
    }

    [Fact]
    public async Task Durations_have_bounds_made_for_seconds()
    {
        await using var role = await HostedRole.StartAsync();
        using var meter = role.Services.GetRequiredService<IMeterFactory>().Create("InferenceBroker.Sample");
        meter.CreateHistogram<double>("broker.sample.duration", "s").Record(0.003);

        var metrics = await role.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        metrics.ShouldMatch("""broker_sample_duration_seconds_bucket\{[^}]*le="0.005"\} 1\n""");
    }

    [Fact]
    public async Task A_role_without_its_transport_is_alive_but_not_ready()
    {
        await using var role = await HostedRole.StartAsync(services => services.AddSingleton<IBusStatus>(new FixedBus(false)));

        using var response = await role.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync()).ShouldContain(
            """
            "transport":{"status":"unhealthy","reason":"The message bus is not connected."}
            """.Trim()
        );
        (await role.Client.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_database_is_ready_before_other_hosted_services_start()
    {
        var seen = new TaskCompletionSource<Tenant?>();
        await using var role = await HostedRole.StartAsync(services =>
            services.AddHostedService(provider => new EarlyReader(provider.GetRequiredService<ITenantStore>(), seen))
        );

        (await seen.Task).ShouldNotBeNull().Name.ShouldBe("default");
    }

    [Fact]
    public async Task The_catalog_and_the_connections_are_those_of_the_file()
    {
        await using var role = await HostedRole.StartAsync();

        var catalog = role.Services.GetRequiredService<ICatalogSource>().Current;
        catalog.FindRoute("chat")!.Targets[0].Provider.ShouldBe("local");
        catalog.FindRoute("other").ShouldBeNull();
        catalog.Providers["local"].Keys.ShouldHaveSingleItem().Name.ShouldBe("default");
        var connection = role.Services.GetRequiredService<IProviderConnections>().Find("local")!;
        connection.BaseUrl.ShouldBe(new Uri("http://127.0.0.1:8000/v1"));
        connection.Secrets["default"].ShouldBe("");
        role.Services.GetRequiredService<IProviderConnections>().Find("nobody").ShouldBeNull();
        role.Services.GetRequiredService<BrokerSetup>().ProviderSource.ShouldBe(ProviderSource.File);
        role.Services.GetRequiredService<TimeProvider>().ShouldBe(TimeProvider.System);
    }

    [Fact]
    public async Task Every_kind_has_a_client()
    {
        await using var role = await HostedRole.StartAsync();

        role.Services.GetServices<IProviderClient>().Select(c => c.Kind).ShouldBe(ProviderKinds.All, ignoreOrder: true);
    }

    private sealed class FixedBus(bool connected) : IBusStatus
    {
        public bool IsConnected => connected;
    }

    private sealed class EarlyReader(ITenantStore tenants, TaskCompletionSource<Tenant?> seen) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken) =>
            seen.SetResult(await tenants.FindTenantAsync("default", cancellationToken));

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
